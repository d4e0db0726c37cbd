# SPDX-License-Identifier: GPL-3.0-or-later
#
# tco: build, checks, installation. Every .c file in calc/, fetchers/ and models/ belongs to the
# library, calc/main.c to the program, every tests/test_*.c is a test program: no lists to keep.
#
#   make            the program, build/tco, and the library it is made of, build/libtco.a
#   make demo       installs what building needs, builds, prices the example configuration
#   make check      installs what testing needs, then everything the project promises of itself;
#                   ends with "N passed, N failed"
#   make install    PREFIX=/usr/local DESTDIR=
#   make clean      removes build/
#   make accept     writes what the golden cases and the README show anew; then read `git diff`
#   make bench      measures the figures (tests/bench)
#   make fuzz       looks for new crashing inputs, FUZZ_SECONDS=20 for each target
#   make format     lays the sources out as `make check` wants them
#   make deps, make deps-check   install the Debian packages building, testing needs, if missing
#
# V=1 shows the commands. CC=clang and SAN=asan|fuzz build beside, in a folder of their own.

PREFIX       ?= /usr/local
DESTDIR      ?=
FUZZ_SECONDS ?= 20

DEPS       := gcc libc6-dev pkg-config libcurl4-openssl-dev libgsl-dev libjson-c-dev libsqlite3-dev libssl-dev libxml2-dev libzip-dev zlib1g-dev
DEPS_CHECK := bc clang clang-format cppcheck libclang-rt-14-dev libcmocka-dev libmicrohttpd-dev openssl python3-jsonschema valgrind
# Only what is used: each library costs every run the time to load it. Those under LOADED cost
# several milliseconds, so their one door opens them when they are first needed (calc/late.h).
# GSL, of which little is used, is linked from its archives: that costs nothing at load, as a shared library 0.2 ms.
LIBRARIES  := sqlite3 libcrypto json-c zlib
LOADED     := libcurl libxml-2.0 libzip
ARCHIVES   := -l:libgsl.a -l:libgslcblas.a
# json-c reads what we write, as another reader would.
TEST_LIBS  := -lcmocka -lmicrohttpd

ifeq ($(origin CC),default)
CC := gcc
endif
VARIANT := $(filter-out gcc,$(notdir $(CC))$(if $(SAN),-$(SAN)))
B       ?= build$(if $(VARIANT),/$(VARIANT))
Q       := $(if $(V),,@)

# Parallel unless asked otherwise; not with `clean`, which must not run beside what follows it.
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += --no-print-directory -j$(shell nproc 2>/dev/null || echo 2)
endif
ifneq ($(filter clean,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif

.DELETE_ON_ERROR:
.PHONY: all help demo check install clean accept bench fuzz format deps deps-check test-programs fuzz-programs FORCE

# ---- verbs ------------------------------------------------------------------------------------

all: $(B)/tco

demo:
	@$(MAKE) deps
	@echo "building $(B)/tco"
	@$(MAKE) all
	@echo "pricing fixtures/examples/demo.ini"
	@echo
	@$(B)/tco estimate fixtures/examples/demo.ini

# The script calls make again for each variant, after the packages are there.
check:
	@$(MAKE) deps
	@$(MAKE) deps-check
	+@tests/check.sh

deps:
	@.ci/need $(DEPS)

deps-check: deps
	@.ci/need $(DEPS_CHECK)

install: $(B)/installed/tco
	$(Q)install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/tco $(DESTDIR)$(PREFIX)/share/man/man1
	$(Q)install -m 755 $< $(DESTDIR)$(PREFIX)/bin/tco
	$(Q)cd fixtures && for dir in $(SHARED_DATA); do \
	    find $$dir -type f -exec install -D -m 644 {} $(abspath $(DESTDIR)$(PREFIX)/share/tco)/{} \; || exit 1; done
	$(Q)install -m 644 calc/man/tco.1 $(DESTDIR)$(PREFIX)/share/man/man1/tco.1
	@echo "installed $(DESTDIR)$(PREFIX)/bin/tco"

clean:
	$(Q)rm -rf build

help:
	@sed -n '2,/^$$/s/^# \{0,1\}//p' Makefile

accept: all
	$(Q)tests/golden/run.sh --accept $(B)/tco
	$(Q)tests/readme.sh --accept $(B)/tco
	@echo "now read: git diff tests/golden README.md README.zh.md"

bench: all $(B)/bench/timer
	$(Q)tests/bench/run.sh $(B)

fuzz: deps-check
	$(Q)$(MAKE) CC=clang SAN=fuzz fuzz-programs
	$(Q)tests/fuzz/run.sh build/clang-fuzz/fuzz $(FUZZ_SECONDS)

format:
	$(Q)clang-format -i $(wildcard calc/*.[ch] fetchers/*.[ch] models/*.[ch] tests/*.[ch] tests/*/*.[ch])

# ---- flags ------------------------------------------------------------------------------------

# What is surely wrong or not C17.
WARN_CORE := -Wall -Wextra -Wpedantic
# A number that changes on its way is money lost: no silent narrowing. Signs are left out, as
# sizes and differences would need casts that hide more than they show.
WARN_NUMBERS := -Wconversion -Wno-sign-conversion
# A name that hides another, a function nobody declared: what was meant is not what is called.
WARN_NAMES := -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wundef
# Memory that is not where or what it seems: lengths unknown to the compiler, lost const.
WARN_MEMORY := -Wvla -Wwrite-strings -Wpointer-arith -Wcast-qual
# Formats are checked like any other call.
WARN_FORMAT := -Wformat=2
WARNINGS    := $(WARN_CORE) $(WARN_NUMBERS) $(WARN_NAMES) $(WARN_MEMORY) $(WARN_FORMAT) $(if $(WERROR),-Werror)

# Functions of <math.h> need not set errno, nor comparisons keep the order of floating point traps, which nothing
# here looks at: then loops over paths become vector instructions. No result changes.
FLOATING := -fno-math-errno -fno-trapping-math

SAN_asan  := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
SAN_fuzz  := $(SAN_asan) -fsanitize=fuzzer-no-link
SANITIZER := $(if $(SAN),$(or $(SAN_$(SAN)),$(error unknown SAN=$(SAN) (known: asan, fuzz))))

# Asked once, and only when something is compiled: `make deps` must work before pkg-config is there.
ask        = $(shell pkg-config $1)$(if $(filter 0,$(.SHELLSTATUS)),,$(error a library is missing: try `make deps`))
LIB_CFLAGS = $(eval LIB_CFLAGS := $(call ask,--cflags $(LIBRARIES) $(LOADED)))$(LIB_CFLAGS)
LIB_LIBS   = $(eval LIB_LIBS := $(call ask,--libs $(LIBRARIES)) $(ARCHIVES) -lm)$(LIB_LIBS)

CFLAGS  ?= -O2 -g
COMPILE  = $(CC) -std=c17 -D_POSIX_C_SOURCE=200809L -I. $(WARNINGS) $(FLOATING) $(LIB_CFLAGS) $(CFLAGS) $(SANITIZER)
LINK     = $(CC) $(CFLAGS) $(SANITIZER) -Wl,--as-needed $(LDFLAGS)

# Where the program looks for its data without being told; only the files that name these are
# compiled with them. The installed program does not know the source tree ("" is no directory).
SHARED_DATA   := packs fx rules schema examples engine
DATA_BUILT     = -DTCO_SOURCE_DATA='"$(CURDIR)/fixtures"' -DTCO_SHARE='"$(PREFIX)/share/tco"'
DATA_INSTALLED = -DTCO_SOURCE_DATA='""' -DTCO_SHARE='"$(PREFIX)/share/tco"'

# ---- the program ------------------------------------------------------------------------------

SOURCES   := $(filter-out calc/main.c,$(wildcard calc/*.c fetchers/*.c models/*.c))
OBJECTS   := $(SOURCES:%.c=$(B)/obj/%.o)
DATA_USER := $(shell grep -ls 'TCO_SHARE' calc/*.c)
INSTALLED := $(filter-out %/main.o,$(DATA_USER:%.c=$(B)/installed/%.o))

$(B)/tco: $(B)/obj/calc/main.o $(B)/libtco.a
	$(Q)$(LINK) $^ $(LIB_LIBS) -o $@
	@echo "built $@"

# A member that was deleted must not live on in the archive: it is made anew, also when the list changes.
$(B)/libtco.a: $(OBJECTS) $(B)/sources
	$(Q)rm -f $@ && $(AR) rcs $@ $(OBJECTS)

$(B)/obj/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(if $(filter $<,$(DATA_USER)),$(DATA_BUILT)) -MMD -MP -c $< -o $@

$(DATA_USER:%.c=$(B)/obj/%.o) $(INSTALLED): $(B)/prefix

$(B)/installed/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(DATA_INSTALLED) -MMD -MP -c $< -o $@

$(B)/installed/tco: $(B)/obj/calc/main.o $(INSTALLED) $(B)/libtco.a
	@mkdir -p $(@D)
	$(Q)$(LINK) $^ $(LIB_LIBS) -o $@

# Small files that change only when what they hold does, so that a changed flag builds anew.
$(B)/flags: TEXT = $(COMPILE) $(LINK)
$(B)/prefix: TEXT = $(PREFIX) $(CURDIR)
$(B)/sources: TEXT = $(SOURCES)
$(B)/flags $(B)/prefix $(B)/sources: FORCE
	@mkdir -p $(@D)
	@echo '$(TEXT)' | cmp -s - $@ || echo '$(TEXT)' > $@

# ---- tests ------------------------------------------------------------------------------------

TESTS   := $(patsubst %.c,$(B)/%,$(wildcard tests/test_*.c))
SUPPORT := $(patsubst %.c,$(B)/obj/%.o,$(wildcard tests/support/*.c))
FUZZERS := $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
REPLAYS := $(FUZZERS:$(B)/fuzz/%=$(B)/replay/%)

test-programs: $(TESTS) $(REPLAYS)
fuzz-programs: $(FUZZERS)

$(B)/libsupport.a: $(SUPPORT)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(B)/tests/%: $(B)/obj/tests/%.o $(B)/libsupport.a $(B)/libtco.a
	@mkdir -p $(@D)
	$(Q)$(LINK) $(WRAP) $^ $(LIB_LIBS) $(TEST_LIBS) -o $@

# The library's calls for memory go through tests/support/failing_malloc.c here.
$(B)/tests/test_nomem $(B)/tests/test_nomem_models $(B)/tests/test_simulate: WRAP := -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc

# A fuzz target twice: driven by libFuzzer (SAN=fuzz), and by a main() that replays its corpus.
$(B)/fuzz/%: $(B)/obj/tests/fuzz/%.o $(B)/libtco.a
	@mkdir -p $(@D)
	$(Q)$(LINK) -fsanitize=fuzzer $^ $(LIB_LIBS) -o $@

$(B)/replay/%: $(B)/obj/tests/fuzz/%.o $(B)/obj/tests/fuzz/replay.o $(B)/libtco.a
	@mkdir -p $(@D)
	$(Q)$(LINK) $^ $(LIB_LIBS) -o $@

$(B)/bench/%: $(B)/obj/tests/bench/%.o $(B)/libtco.a
	@mkdir -p $(@D)
	$(Q)$(LINK) $^ $(LIB_LIBS) -o $@

.SECONDARY:
-include $(shell find $(B)/obj $(B)/installed -name '*.d' 2>/dev/null)
