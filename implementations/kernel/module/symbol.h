/* SPDX-License-Identifier: GPL-2.0-only */
/* Names of functions. */
#ifndef DV_SYMBOL_H
#define DV_SYMBOL_H

/*
 * Returns the function that contains the instruction before ip. instead: the
 * result for 0, for the module and for small functions whose caller says more.
 */
const char *dv_symbol(unsigned long ip, const char *instead);

#endif
