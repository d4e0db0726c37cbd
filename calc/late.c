/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc/late.h"

#include <dlfcn.h>
#include <string.h>

static const char *reason(void)
{
    const char *text = dlerror();

    return text != NULL ? text : "no reason given";
}

int late_load(const char *library, const char *package, const struct late_function *functions, size_t n,
              struct err *err)
{
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);

    if (handle == NULL)
        return err_set(err, ERR_FETCH, "cannot load %s: %s (install the package %s)", library, reason(), package);
    for (size_t i = 0; i < n; i++) {
        void *at = dlsym(handle, functions[i].name);
        if (at == NULL)
            return err_set(err, ERR_FETCH, "cannot load %s: %s (install the package %s)", library, reason(), package);
        memcpy(functions[i].into, &at, sizeof at); /* C has no cast from an object's address to a function's */
    }
    return 0;
}
