/* SPDX-License-Identifier: MIT */
/*
 * An execution as the machine writes it, in words of 32 bits: a header, then
 * events, then records. The runner's counterpart is abi.ts.
 */
#ifndef DV_FORMAT_H
#define DV_FORMAT_H

#include <stddef.h>
#include <stdint.h>

/* Events after which an execution ends with the fault livelock. */
#define DV_EVENT_LIMIT	4096
/* Records of one execution; later ones are dropped. */
#define DV_RECORD_LIMIT	1024
#define DV_MAX_AGENTS	16
#define DV_MAX_OBJECTS	32
/* Bytes of an object's name, with the final 0. */
#define DV_NAME_SIZE	32

struct dv_header {
	int32_t events, records;
	struct dv_state {
		int32_t alive, holder, ops, refs;
	} devices[2];			/* at the end: the device, the log */
	int32_t diverged_at;		/* -1: the schedule was followed */
	int32_t diverged_agent;
	int32_t diverged_why;		/* 0 ended, 1 blocked, 2 unknown */
};

struct dv_event {
	uint8_t agent, op, marked, object;
	uint16_t site, enabled;
	/* Offsets in the tree; of DV_CALL and DV_RETURN: 0, holder. */
	uint32_t pc, caller;
	int32_t old, new;
};

enum dv_record_type {
	DV_WARNING,	/* agent, event, pc, caller */
	DV_CALLBACK,	/* agent, event, DV_TOLD(), flags, offset, length */
	DV_FAULTED,	/* agent, event, fault, refused (signals.h) */
	DV_BLOCKED,	/* agent, site, op, object */
	DV_FENCE,	/* agent, event after it, enum dv_fence */
	DV_START_OFF,	/* agent, event, site, -, *start_off in bytes */
};

/* A holder and the device of its callback; DV_NR_DEVICES is any other. */
#define DV_TOLD(holder, device)	((holder) | (device) << 8)

struct dv_record {
	int32_t type, agent, event;
	int32_t a, b;
	uint32_t words[4];
};

/* Bytes of the longest execution. */
#define DV_EXECUTION_MAX (sizeof(struct dv_header) +			\
	DV_EVENT_LIMIT * sizeof(struct dv_event) +			\
	DV_RECORD_LIMIT * sizeof(struct dv_record))

/* Names of objects that are not fields, in the order of first use. */
struct dv_names {
	int32_t count;
	char names[DV_MAX_OBJECTS][DV_NAME_SIZE];
};

#endif
