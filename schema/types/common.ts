// SPDX-License-Identifier: MIT
// Generated from common.schema.json by "npm run types". Do not edit.

/**
 * A function by its kernel name: of the holder protocol (drivers/dax/super.c), or one that changes its inputs (partitions, the driver of a device).
 *
 * This interface was referenced by `Common`'s JSON-Schema
 * via the `definition` "callName".
 */
export type CallName =
	| 'fs_dax_get'
	| 'fs_dax_get_by_bdev'
	| 'fs_put_dax'
	| 'put_dax'
	| 'kill_dax'
	| 'run_dax'
	| 'dax_holder_notify_failure'
	| 'dax_holder'
	| 'dax_alive'
	| 'dax_read_lock'
	| 'dax_read_unlock'
	| 'dax_get_private'
	| 'dax_set_ops'
	| 'alloc_dax'
	| 'dax_dev_get'
	| 'dax_dev_find'
	| 'dax_add_host'
	| 'dax_remove_host'
	| 'bdev_add_partition'
	| 'queue_limits_set'
	| 'dax_direct_access'
	| 'dax_zero_page_range'
	| 'dax_recovery_write'
	| 'dax_copy_from_iter'
	| 'dax_copy_to_iter'
	| 'device_driver_attach'
	| 'device_release_driver';
/**
 * The type of a driver on the dax bus, by its kernel name (drivers/dax/bus.h). fs_dax_get() takes devices of DAXDRV_FSDEV_TYPE only.
 *
 * This interface was referenced by `Common`'s JSON-Schema
 * via the `definition` "driverType".
 */
export type DriverType = 'DAXDRV_FSDEV_TYPE' | 'DAXDRV_DEVICE_TYPE' | 'DAXDRV_KMEM_TYPE';
/**
 * A member of struct dax_operations (include/linux/dax.h).
 *
 * This interface was referenced by `Common`'s JSON-Schema
 * via the `definition` "daxOperation".
 */
export type DaxOperation = 'direct_access' | 'zero_page_range' | 'recovery_write';
/**
 * An error, by its kernel name (include/uapi/asm-generic/errno.h). EFSCORRUPTED of XFS is EUCLEAN, EFSBADCRC is EBADMSG.
 *
 * This interface was referenced by `Common`'s JSON-Schema
 * via the `definition` "errorName".
 */
export type ErrorName =
	| '-EPERM'
	| '-ENOENT'
	| '-ESRCH'
	| '-EINTR'
	| '-EIO'
	| '-ENXIO'
	| '-E2BIG'
	| '-ENOEXEC'
	| '-EBADF'
	| '-ECHILD'
	| '-EAGAIN'
	| '-ENOMEM'
	| '-EACCES'
	| '-EFAULT'
	| '-ENOTBLK'
	| '-EBUSY'
	| '-EEXIST'
	| '-EXDEV'
	| '-ENODEV'
	| '-ENOTDIR'
	| '-EISDIR'
	| '-EINVAL'
	| '-ENFILE'
	| '-EMFILE'
	| '-ENOTTY'
	| '-ETXTBSY'
	| '-EFBIG'
	| '-ENOSPC'
	| '-ESPIPE'
	| '-EROFS'
	| '-EMLINK'
	| '-EPIPE'
	| '-EDOM'
	| '-ERANGE'
	| '-EDEADLK'
	| '-ENAMETOOLONG'
	| '-ENOLCK'
	| '-ENOSYS'
	| '-ENOTEMPTY'
	| '-ELOOP'
	| '-ENOMSG'
	| '-EIDRM'
	| '-ECHRNG'
	| '-EL2NSYNC'
	| '-EL3HLT'
	| '-EL3RST'
	| '-ELNRNG'
	| '-EUNATCH'
	| '-ENOCSI'
	| '-EL2HLT'
	| '-EBADE'
	| '-EBADR'
	| '-EXFULL'
	| '-ENOANO'
	| '-EBADRQC'
	| '-EBADSLT'
	| '-EBFONT'
	| '-ENOSTR'
	| '-ENODATA'
	| '-ETIME'
	| '-ENOSR'
	| '-ENONET'
	| '-ENOPKG'
	| '-EREMOTE'
	| '-ENOLINK'
	| '-EADV'
	| '-ESRMNT'
	| '-ECOMM'
	| '-EPROTO'
	| '-EMULTIHOP'
	| '-EDOTDOT'
	| '-EBADMSG'
	| '-EOVERFLOW'
	| '-ENOTUNIQ'
	| '-EBADFD'
	| '-EREMCHG'
	| '-ELIBACC'
	| '-ELIBBAD'
	| '-ELIBSCN'
	| '-ELIBMAX'
	| '-ELIBEXEC'
	| '-EILSEQ'
	| '-ERESTART'
	| '-ESTRPIPE'
	| '-EUSERS'
	| '-ENOTSOCK'
	| '-EDESTADDRREQ'
	| '-EMSGSIZE'
	| '-EPROTOTYPE'
	| '-ENOPROTOOPT'
	| '-EPROTONOSUPPORT'
	| '-ESOCKTNOSUPPORT'
	| '-EOPNOTSUPP'
	| '-EPFNOSUPPORT'
	| '-EAFNOSUPPORT'
	| '-EADDRINUSE'
	| '-EADDRNOTAVAIL'
	| '-ENETDOWN'
	| '-ENETUNREACH'
	| '-ENETRESET'
	| '-ECONNABORTED'
	| '-ECONNRESET'
	| '-ENOBUFS'
	| '-EISCONN'
	| '-ENOTCONN'
	| '-ESHUTDOWN'
	| '-ETOOMANYREFS'
	| '-ETIMEDOUT'
	| '-ECONNREFUSED'
	| '-EHOSTDOWN'
	| '-EHOSTUNREACH'
	| '-EALREADY'
	| '-EINPROGRESS'
	| '-ESTALE'
	| '-EUCLEAN'
	| '-ENOTNAM'
	| '-ENAVAIL'
	| '-EISNAM'
	| '-EREMOTEIO'
	| '-EDQUOT'
	| '-ENOMEDIUM'
	| '-EMEDIUMTYPE'
	| '-ECANCELED'
	| '-ENOKEY'
	| '-EKEYEXPIRED'
	| '-EKEYREVOKED'
	| '-EKEYREJECTED'
	| '-EOWNERDEAD'
	| '-ENOTRECOVERABLE'
	| '-ERFKILL'
	| '-EHWPOISON';
/**
 * A name: a letter, then letters, digits, underscores or hyphens.
 *
 * This interface was referenced by `Common`'s JSON-Schema
 * via the `definition` "name".
 */
export type Name = string;
/**
 * A vector's permanent id, such as DAXV-0001.
 *
 * This interface was referenced by `Common`'s JSON-Schema
 * via the `definition` "vectorId".
 */
export type VectorId = string;
/**
 * A fault of an execution. null-dereference: an access near NULL. null-call: a call through a NULL pointer. use-after-free: an access to the dax_device after its final iput(). wild-access: an access to unallocated memory. stack-overflow: a full kernel stack. bug: BUG(), or an invalid instruction. deadlock: every unfinished thread waits. livelock: the execution exceeded its step limit. double-fetch: one call read a field twice and got two values. system-call: a kernel tree in user space made a system call, which its process may not make.
 *
 * This interface was referenced by `Common`'s JSON-Schema
 * via the `definition` "faultName".
 */
export type FaultName =
	| 'null-dereference'
	| 'null-call'
	| 'use-after-free'
	| 'wild-access'
	| 'stack-overflow'
	| 'bug'
	| 'deadlock'
	| 'livelock'
	| 'double-fetch'
	| 'system-call';
/**
 * The mf_flags argument of dax_holder_notify_failure(): 0 or a flag by its kernel name (enum mf_flags); several flags are a number.
 *
 * This interface was referenced by `Common`'s JSON-Schema
 * via the `definition` "failureFlags".
 */
export type FailureFlags =
	| (
			| 0
			| 'MF_COUNT_INCREASED'
			| 'MF_ACTION_REQUIRED'
			| 'MF_MUST_KILL'
			| 'MF_SOFT_OFFLINE'
			| 'MF_UNPOISON'
			| 'MF_SW_SIMULATED'
			| 'MF_NO_RETRY'
			| 'MF_MEM_PRE_REMOVE'
	  )
	| number;
/**
 * Offset of the failed range in the device, in bytes. U64_MAX is what a driver passes that does not know it; other large numbers are hexadecimal.
 *
 * This interface was referenced by `Common`'s JSON-Schema
 * via the `definition` "failureOffset".
 */
export type FailureOffset = number | 'U64_MAX' | string;
/**
 * Length of the failed range in bytes; U64_MAX is the whole device. Other large numbers are hexadecimal.
 *
 * This interface was referenced by `Common`'s JSON-Schema
 * via the `definition` "failureLength".
 */
export type FailureLength = number | 'U64_MAX' | string;
/**
 * A field of struct dax_device, by its kernel name. flags is its DAXDEV_ALIVE bit, i_count the reference count of the embedded inode.
 *
 * This interface was referenced by `Common`'s JSON-Schema
 * via the `definition` "fieldName".
 */
export type FieldName = 'holder_data' | 'holder_ops' | 'flags' | 'i_count';
/**
 * An object that a stop of an order can name: a field of the device or of the log, or dax_srcu, the SRCU domain of the read sections of both.
 *
 * This interface was referenced by `Common`'s JSON-Schema
 * via the `definition` "objectName".
 */
export type ObjectName =
	| 'holder_data'
	| 'holder_ops'
	| 'flags'
	| 'i_count'
	| 'log.holder_data'
	| 'log.holder_ops'
	| 'log.flags'
	| 'log.i_count'
	| 'dax_srcu';

/**
 * Shared definitions: the calls, fields and values of the dax_device holder protocol.
 */
export interface Common {
	[k: string]: unknown;
}
