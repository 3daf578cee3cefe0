// SPDX-License-Identifier: GPL-2.0-only
/* Mutexes, which also implement spinlocks. */
#include "vocabulary.h"
#include "shim.h"

static void lock(struct mutex *lock, struct dv_place place)
{
	dv_machine->point(DV_LOCK, lock->name, &lock->held, place);
	lock->held = 1;
}

static void unlock(struct mutex *lock, struct dv_place place)
{
	dv_machine->point(DV_UNLOCK, lock->name, NULL, place);
	lock->held = 0;
}

void dv_lock(struct mutex *mutex)
{
	lock(mutex, DV_CALLER);
}

void dv_unlock(struct mutex *mutex)
{
	unlock(mutex, DV_CALLER);
}

void device_lock(struct device *dev)
{
	if (!dev->mutex.name)
		dev->mutex.name = "device_lock";
	lock(&dev->mutex, DV_CALLER);
}

void device_unlock(struct device *dev)
{
	unlock(&dev->mutex, DV_CALLER);
}
