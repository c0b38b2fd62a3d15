/* SPDX-License-Identifier: MIT
 *
 * enum.c: the enumerations of enums.def.
 */
#include <nf9/field.h>

#define NF9_ENUM(NAME, name) static const nf9_enum_value values_##NAME[] = {
#define NF9_ENUM_VALUE(value, label) { value, label },
#define NF9_ENUM_MASK(mask, label) { mask, label },
#define NF9_ENUM_END(NAME) \
    }                      \
    ;
#include <nf9/enums.def>
#undef NF9_ENUM
#undef NF9_ENUM_VALUE
#undef NF9_ENUM_MASK
#undef NF9_ENUM_END

/* Whether an enumeration has masks: counted, so that no row has to say it again. */
enum {
#define NF9_ENUM(NAME, name) masks_##NAME = 0
#define NF9_ENUM_VALUE(value, label)
#define NF9_ENUM_MASK(mask, label) +1
#define NF9_ENUM_END(NAME) ,
#include <nf9/enums.def>
#undef NF9_ENUM
#undef NF9_ENUM_VALUE
#undef NF9_ENUM_MASK
#undef NF9_ENUM_END
    masks_end
};

static const struct enumeration {
    const char *name;
    const nf9_enum_value *values;
    size_t n;
    bool flags;
} enumerations[NF9_ENUM_COUNT] = {
    { NULL, NULL, 0, false },
#define NF9_ENUM(NAME, ename) \
    { ename, values_##NAME, sizeof values_##NAME / sizeof *values_##NAME, masks_##NAME > 0 },
#define NF9_ENUM_VALUE(value, label)
#define NF9_ENUM_MASK(mask, label)
#define NF9_ENUM_END(NAME)
#include <nf9/enums.def>
#undef NF9_ENUM
#undef NF9_ENUM_VALUE
#undef NF9_ENUM_MASK
#undef NF9_ENUM_END
};

const nf9_enum_value *nf9_enum_values(nf9_enum enumeration, size_t *n)
{
    bool known = (unsigned)enumeration < NF9_ENUM_COUNT;

    *n = known ? enumerations[enumeration].n : 0;
    return known ? enumerations[enumeration].values : NULL;
}

const char *nf9_enum_label(nf9_enum enumeration, uint64_t value)
{
    size_t n;
    const nf9_enum_value *v = nf9_enum_values(enumeration, &n);

    while (n > 0) { /* the values are sorted */
        size_t half = n / 2;
        if (v[half].value == value)
            return v[half].label;
        if (v[half].value < value) {
            v += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return NULL;
}

const char *nf9_enum_name(nf9_enum enumeration)
{
    return (unsigned)enumeration < NF9_ENUM_COUNT ? enumerations[enumeration].name : NULL;
}

bool nf9_enum_is_flags(nf9_enum enumeration)
{
    return (unsigned)enumeration < NF9_ENUM_COUNT && enumerations[enumeration].flags;
}
