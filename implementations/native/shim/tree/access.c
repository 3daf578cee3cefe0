// SPDX-License-Identifier: GPL-2.0-only
/*
 * Accesses to the memory of a device. No call looks at the data.
 * dax_direct_access() returns at most nr_pages: more for each page of the
 * vector than the number of any driver.
 */
#define PAGES_EACH	64

static pgoff_t pgoff_of(const struct dv_args *args)
{
	return args->offset >> PAGE_SHIFT;
}

static long pages_of(const struct dv_args *args)
{
	return (s64)args->length >> PAGE_SHIFT;
}

#ifdef DV_HAVE_DAX_DIRECT_ACCESS
static intptr_t call_dax_direct_access(const struct dv_args *args)
{
	return dax_direct_access(args->device, pgoff_of(args),
				 pages_of(args) * PAGES_EACH, DAX_ACCESS, NULL,
				 NULL);
}
#else
#define call_dax_direct_access NULL
#endif

#ifdef DV_HAVE_DAX_ZERO_PAGE_RANGE
static intptr_t call_dax_zero_page_range(const struct dv_args *args)
{
	return dax_zero_page_range(args->device, pgoff_of(args),
				   pages_of(args));
}
#else
#define call_dax_zero_page_range NULL
#endif

#ifdef DV_HAVE_DAX_RECOVERY_WRITE
static intptr_t call_dax_recovery_write(const struct dv_args *args)
{
	return dax_recovery_write(args->device, pgoff_of(args), NULL, 1,
				  NULL);
}
#else
#define call_dax_recovery_write NULL
#endif

#ifdef DV_HAVE_DAX_COPY_FROM_ITER
static intptr_t call_dax_copy_from_iter(const struct dv_args *args)
{
	return dax_copy_from_iter(args->device, 0, NULL, 1, NULL);
}
#else
#define call_dax_copy_from_iter NULL
#endif

#ifdef DV_HAVE_DAX_COPY_TO_ITER
static intptr_t call_dax_copy_to_iter(const struct dv_args *args)
{
	return dax_copy_to_iter(args->device, 0, NULL, 1, NULL);
}
#else
#define call_dax_copy_to_iter NULL
#endif
