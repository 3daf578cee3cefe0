// SPDX-License-Identifier: MIT
/** Seeded bugs of kill_dax(), each one line away from the merged call. */
import { clear_bit, load, type Steps, store } from '../access';
import { type Arguments, type Kernel, NULL, type Result } from '../kernel';

const removal = { length: 'U64_MAX', flags: 'MF_MEM_PRE_REMOVE' } as const;

export function* silent(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	if (dax_dev === NULL) return 'ok';
	yield clear_bit(dax_dev.flags);
	yield* dax_srcu.synchronize();
	yield store(dax_dev.holder_ops, null);
	yield store(dax_dev.holder_data, null);
	return 'ok';
}

export function* callbackTwice(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	if (dax_dev === NULL) return 'ok';
	if ((yield load(dax_dev.holder_data)) !== null) {
		yield* k.call('dax_holder_notify_failure', removal);
		yield* k.call('dax_holder_notify_failure', removal);
	}
	yield clear_bit(dax_dev.flags);
	yield* dax_srcu.synchronize();
	yield store(dax_dev.holder_ops, null);
	yield store(dax_dev.holder_data, null);
	return 'ok';
}

/** Notifies after alive is cleared: the notification finds a dead device and calls no holder. */
export function* notifiesTooLate(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	if (dax_dev === NULL) return 'ok';
	yield clear_bit(dax_dev.flags);
	if ((yield load(dax_dev.holder_data)) !== null)
		yield* k.call('dax_holder_notify_failure', removal);
	yield* dax_srcu.synchronize();
	yield store(dax_dev.holder_ops, null);
	yield store(dax_dev.holder_data, null);
	return 'ok';
}

export function* missingSynchronize(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev === NULL) return 'ok';
	if ((yield load(dax_dev.holder_data)) !== null)
		yield* k.call('dax_holder_notify_failure', removal);
	yield clear_bit(dax_dev.flags);
	yield store(dax_dev.holder_ops, null);
	yield store(dax_dev.holder_data, null);
	return 'ok';
}

export function* aliveClearedLate(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	if (dax_dev === NULL) return 'ok';
	if ((yield load(dax_dev.holder_data)) !== null)
		yield* k.call('dax_holder_notify_failure', removal);
	yield* dax_srcu.synchronize();
	yield clear_bit(dax_dev.flags);
	yield store(dax_dev.holder_ops, null);
	yield store(dax_dev.holder_data, null);
	return 'ok';
}

export function* clearedBeforeGrace(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	if (dax_dev === NULL) return 'ok';
	if ((yield load(dax_dev.holder_data)) !== null)
		yield* k.call('dax_holder_notify_failure', removal);
	yield clear_bit(dax_dev.flags);
	yield store(dax_dev.holder_ops, null);
	yield store(dax_dev.holder_data, null);
	yield* dax_srcu.synchronize();
	return 'ok';
}

export function* keepsOps(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	if (dax_dev === NULL) return 'ok';
	if ((yield load(dax_dev.holder_data)) !== null)
		yield* k.call('dax_holder_notify_failure', removal);
	yield clear_bit(dax_dev.flags);
	yield* dax_srcu.synchronize();
	yield store(dax_dev.holder_data, null);
	return 'ok';
}

export function* keepsHolder(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	if (dax_dev === NULL) return 'ok';
	if ((yield load(dax_dev.holder_data)) !== null)
		yield* k.call('dax_holder_notify_failure', removal);
	yield clear_bit(dax_dev.flags);
	yield* dax_srcu.synchronize();
	yield store(dax_dev.holder_ops, null);
	return 'ok';
}

/** Does nothing while a holder has the device, as in a patch to the dax bus. */
export function* refusesHolder(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	if (dax_dev === NULL) return 'ok';
	if ((yield load(dax_dev.holder_data)) !== null) return 'ok';
	yield clear_bit(dax_dev.flags);
	yield* dax_srcu.synchronize();
	yield store(dax_dev.holder_ops, null);
	yield store(dax_dev.holder_data, null);
	return 'ok';
}

/** Does not test for NULL. */
export function* needsDevice(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	if ((yield load(dax_dev.holder_data)) !== null)
		yield* k.call('dax_holder_notify_failure', removal);
	yield clear_bit(dax_dev.flags);
	yield* dax_srcu.synchronize();
	yield store(dax_dev.holder_ops, null);
	yield store(dax_dev.holder_data, null);
	return 'ok';
}

/** Calls the operations also where there is no holder. */
export function* notifiesNobody(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	if (dax_dev === NULL) return 'ok';
	yield* k.call('dax_holder_notify_failure', removal);
	yield clear_bit(dax_dev.flags);
	yield* dax_srcu.synchronize();
	yield store(dax_dev.holder_ops, null);
	yield store(dax_dev.holder_data, null);
	return 'ok';
}
