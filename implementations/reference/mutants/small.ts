// SPDX-License-Identifier: MIT
/** Seeded bugs of the short calls. */
import { load, type Steps, set_bit, store, test_bit, update, WRITE_ONCE } from '../access';
import { allocMinor, type Found, freeMinor, lookUp } from '../inode';
import type { Arguments, Kernel, Result } from '../kernel';

/** run_dax() clears the holder as well. */
export function* clearsHolder(k: Kernel, _: Arguments): Steps<Result> {
	yield set_bit(k.dax_dev.flags);
	yield store(k.dax_dev.holder_data, null);
	return 'ok';
}

/** run_dax() does nothing. */
// biome-ignore lint/correctness/useYield: that is the bug
export function* staysDead(_k: Kernel, _: Arguments): Steps<Result> {
	return 'ok';
}

/** dax_holder() returns NULL for a dead device, as in designs before v6.0. */
export function* testsAlive(k: Kernel, _: Arguments): Steps<Result> {
	return (yield test_bit(k.dax_dev.flags)) ? yield load(k.dax_dev.holder_data) : null;
}

/** dax_holder() returns NULL for a holder without operations. */
export function* holderNeedsOps(k: Kernel, _: Arguments): Steps<Result> {
	if ((yield load(k.dax_dev.holder_ops)) === null) return null;
	return yield load(k.dax_dev.holder_data);
}

/** put_dax() keeps the reference. */
// biome-ignore lint/correctness/useYield: that is the bug
export function* forgottenIput(_k: Kernel, _: Arguments): Steps<Result> {
	return 'ok';
}

/** dax_get_private() does not test alive. */
export function* privateOfTheDead(k: Kernel, _: Arguments): Steps<Result> {
	return (yield load(k.dax_dev.private)) === null ? null : 'ok';
}

/** dax_set_ops() tests and stores instead of cmpxchg(). */
export function* setOpsRelaxed(k: Kernel, { ops }: Arguments): Steps<Result> {
	if (ops !== null && (yield load(k.dax_dev.ops)) !== null) return '-EBUSY';
	yield store(k.dax_dev.ops, ops);
	return 'ok';
}

/** dax_set_ops() stores before it knows whether it may. */
export function* setOpsXchg(k: Kernel, { ops }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (ops !== null) return (yield update(dax_dev.ops, () => ops)) === null ? 'ok' : '-EBUSY';
	yield store(dax_dev.ops, null);
	return 'ok';
}

/** dax_set_ops() replaces the operations of another driver. */
export function* setOpsOverwrites(k: Kernel, { ops }: Arguments): Steps<Result> {
	yield store(k.dax_dev.ops, ops);
	return 'ok';
}

/** dax_set_ops() does not clear. */
export function* setOpsKeeps(k: Kernel, { ops }: Arguments): Steps<Result> {
	if ((yield load(k.dax_dev.ops)) !== null) return '-EBUSY';
	yield store(k.dax_dev.ops, ops);
	return 'ok';
}

/** A new device is dead, also for alloc_dax(). */
export const bornDead = {
	*dax_dev_get(k: Kernel, _: Arguments): Steps<Result> {
		const found: Found = yield* lookUp(k, k.dax_dev.number, true);
		return found === null ? null : 'ok';
	},

	*alloc_dax(k: Kernel, { ops }: Arguments): Steps<Result> {
		const incomplete = ops !== null && !k.hasOperation(ops, 'zero_page_range');
		k.WARN_ON(incomplete, 'alloc_dax');
		if (incomplete) return '-EINVAL';
		const minor = yield* allocMinor(k);
		const found: Found = yield* lookUp(k, minor, true);
		if (found === null) {
			yield* freeMinor(k, () => minor);
			return '-ENOMEM';
		}
		yield store(k.dax_dev.ops, ops);
		yield store(k.dax_dev.private, 'set');
		return 'ok';
	},
};

/** The reference to a device that was found is dropped at once, also for alloc_dax(). */
export const lookUpWithoutReference = {
	*dax_dev_get(k: Kernel, _: Arguments): Steps<Result> {
		const found: Found = yield* lookUp(k, k.dax_dev.number, true);
		if (found === null) return null;
		if (found === 'new') yield set_bit(k.dax_dev.flags);
		else yield* k.iput();
		return 'ok';
	},

	*alloc_dax(k: Kernel, { ops }: Arguments): Steps<Result> {
		const incomplete = ops !== null && !k.hasOperation(ops, 'zero_page_range');
		k.WARN_ON(incomplete, 'alloc_dax');
		if (incomplete) return '-EINVAL';
		const minor = yield* allocMinor(k);
		const found: Found = yield* lookUp(k, minor, true);
		if (found === null) {
			yield* freeMinor(k, () => minor);
			return '-ENOMEM';
		}
		if (found === 'new') yield set_bit(k.dax_dev.flags);
		else yield* k.iput();
		yield store(k.dax_dev.ops, ops);
		yield store(k.dax_dev.private, 'set');
		return 'ok';
	},
};

/** dax_add_host() replaces the device of the disk. */
export function* addHostOverwrites(k: Kernel, _: Arguments): Steps<Result> {
	yield WRITE_ONCE(k.disk.host, 'set');
	return 'ok';
}

/** dax_remove_host() does nothing. */
// biome-ignore lint/correctness/useYield: that is the bug
export function* removeHostKeeps(_k: Kernel, _: Arguments): Steps<Result> {
	return 'ok';
}

/** A device that was found is made alive, also for alloc_dax(). */
export const lookUpRevives = {
	*dax_dev_get(k: Kernel, _: Arguments): Steps<Result> {
		const found: Found = yield* lookUp(k, k.dax_dev.number, true);
		if (found === null) return null;
		yield set_bit(k.dax_dev.flags);
		return 'ok';
	},

	*alloc_dax(k: Kernel, { ops }: Arguments): Steps<Result> {
		const incomplete = ops !== null && !k.hasOperation(ops, 'zero_page_range');
		k.WARN_ON(incomplete, 'alloc_dax');
		if (incomplete) return '-EINVAL';
		const minor = yield* allocMinor(k);
		const found: Found = yield* lookUp(k, minor, true);
		if (found === null) {
			yield* freeMinor(k, () => minor);
			return '-ENOMEM';
		}
		yield set_bit(k.dax_dev.flags);
		yield store(k.dax_dev.ops, ops);
		yield store(k.dax_dev.private, 'set');
		return 'ok';
	},
};

/** alloc_dax() takes operations without zero_page_range. */
export function* allocAnyOperations(k: Kernel, { ops }: Arguments): Steps<Result> {
	const minor = yield* allocMinor(k);
	const found: Found = yield* lookUp(k, minor, true);
	if (found === null) {
		yield* freeMinor(k, () => minor);
		return '-ENOMEM';
	}
	if (found === 'new') yield set_bit(k.dax_dev.flags);
	yield store(k.dax_dev.ops, ops);
	yield store(k.dax_dev.private, 'set');
	return 'ok';
}

/** alloc_dax() does not set the operations. */
export function* allocForgetsOps(k: Kernel, { ops }: Arguments): Steps<Result> {
	const incomplete = ops !== null && !k.hasOperation(ops, 'zero_page_range');
	k.WARN_ON(incomplete, 'alloc_dax');
	if (incomplete) return '-EINVAL';
	const minor = yield* allocMinor(k);
	const found: Found = yield* lookUp(k, minor, true);
	if (found === null) {
		yield* freeMinor(k, () => minor);
		return '-ENOMEM';
	}
	if (found === 'new') yield set_bit(k.dax_dev.flags);
	yield store(k.dax_dev.ops, null);
	yield store(k.dax_dev.private, 'set');
	return 'ok';
}

/** alloc_dax() takes a number and then uses the first one. */
export function* allocOneNumber(k: Kernel, { ops }: Arguments): Steps<Result> {
	const incomplete = ops !== null && !k.hasOperation(ops, 'zero_page_range');
	k.WARN_ON(incomplete, 'alloc_dax');
	if (incomplete) return '-EINVAL';
	const minor = yield* allocMinor(k);
	const found: Found = yield* lookUp(k, 0, true);
	if (found === null) {
		yield* freeMinor(k, () => minor);
		return '-ENOMEM';
	}
	if (found === 'new') yield set_bit(k.dax_dev.flags);
	yield store(k.dax_dev.ops, ops);
	yield store(k.dax_dev.private, 'set');
	return 'ok';
}

/** A lookup finds a device with any number, also for alloc_dax(). */
export const lookUpAnyNumber = {
	*dax_dev_get(k: Kernel, _: Arguments): Steps<Result> {
		const found: Found = yield* lookUp(k, k.dax_dev.number, true, () => true);
		if (found === null) return null;
		if (found === 'new') yield set_bit(k.dax_dev.flags);
		return 'ok';
	},

	*alloc_dax(k: Kernel, { ops }: Arguments): Steps<Result> {
		const incomplete = ops !== null && !k.hasOperation(ops, 'zero_page_range');
		k.WARN_ON(incomplete, 'alloc_dax');
		if (incomplete) return '-EINVAL';
		const minor = yield* allocMinor(k);
		const found: Found = yield* lookUp(k, minor, true, () => true);
		if (found === null) {
			yield* freeMinor(k, () => minor);
			return '-ENOMEM';
		}
		if (found === 'new') yield set_bit(k.dax_dev.flags);
		yield store(k.dax_dev.ops, ops);
		yield store(k.dax_dev.private, 'set');
		return 'ok';
	},
};
