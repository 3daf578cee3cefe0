// SPDX-License-Identifier: GPL-2.0-only
/*
 * Decodes the instruction before regs->ip: a breakpoint fires for any access.
 * x86 code cannot be decoded backwards, so every length is tried; the address
 * of the operand must be the watched one.
 */
#include <linux/ptrace.h>

#include "decode.h"

#define MAX_INSN	15

struct operand {
	const u8 *next;
	unsigned long address;
	/* Base register of the operand. A load may have overwritten it. */
	int base;
	int reg;
};

static unsigned long reg_value(const struct pt_regs *regs, int number)
{
	switch (number) {
	case 0: return regs->ax;
	case 1: return regs->cx;
	case 2: return regs->dx;
	case 3: return regs->bx;
	case 4: return regs->sp;
	case 5: return regs->bp;
	case 6: return regs->si;
	case 7: return regs->di;
	case 8: return regs->r8;
	case 9: return regs->r9;
	case 10: return regs->r10;
	case 11: return regs->r11;
	case 12: return regs->r12;
	case 13: return regs->r13;
	case 14: return regs->r14;
	default: return regs->r15;
	}
}

/* Reads ModRM, SIB and displacement; false for a register operand. */
static bool read_operand(const struct pt_regs *regs, const u8 *at, u8 rex,
			 struct operand *operand)
{
	u8 modrm = *at++;
	int mod = modrm >> 6;
	int rm = modrm & 7;
	unsigned long address;

	operand->reg = ((modrm >> 3) & 7) | (rex & 4 ? 8 : 0);
	if (mod == 3 || (mod == 0 && rm == 5))
		return false;
	if (rm == 4) {
		u8 sib = *at++;
		int index = ((sib >> 3) & 7) | (rex & 2 ? 8 : 0);

		rm = sib & 7;
		if (mod == 0 && rm == 5)
			return false;
		operand->base = rm | (rex & 1 ? 8 : 0);
		address = reg_value(regs, operand->base);
		if (index != 4)
			address += reg_value(regs, index) << (sib >> 6);
	} else {
		operand->base = rm | (rex & 1 ? 8 : 0);
		address = reg_value(regs, operand->base);
	}
	if (mod == 1) {
		address += *(s8 *)at;
		at += 1;
	} else if (mod == 2) {
		address += *(s32 *)at;
		at += 4;
	}
	operand->address = address;
	operand->next = at;
	return true;
}

/* True if one instruction from at to end accesses the address. */
static bool matches(const struct pt_regs *regs, const u8 *at, const u8 *end,
		    unsigned long address, enum dv_op *op)
{
	struct operand operand;
	bool locked = false;
	bool two = false;
	bool load = false;
	int immediate = 0;
	u8 rex = 0;
	u8 code;

	if (*at == 0xf0) {
		locked = true;
		at++;
	}
	if ((*at & 0xf0) == 0x40)
		rex = *at++;
	code = *at++;
	if (code == 0x0f) {
		two = true;
		code = *at++;
	}
	if (!read_operand(regs, at, rex, &operand))
		return false;
	*op = DV_READ;
	if (two) {
		switch (code) {
		case 0xb0: case 0xb1:		/* cmpxchg */
		case 0xc0: case 0xc1:		/* xadd */
			*op = DV_RMW;
			break;
		case 0xab: case 0xb3: case 0xbb:	/* bts, btr, btc */
			*op = DV_RMW;
			break;
		case 0xba:			/* bt, bts, btr, btc */
			immediate = 1;
			if (operand.reg % 8 != 4)
				*op = DV_RMW;
			break;
		case 0xa3:			/* bt */
			break;
		case 0xb6: case 0xb7: case 0xbe: case 0xbf: /* movzx, movsx */
			load = true;
			break;
		default:
			return false;
		}
	} else {
		switch (code) {
		case 0x88: case 0x89:		/* mov to memory */
			*op = DV_WRITE;
			break;
		case 0xc6: case 0xc7:
			*op = DV_WRITE;
			immediate = code == 0xc6 ? 1 : 4;
			break;
		case 0x8a: case 0x8b:		/* mov from memory */
		case 0x03: case 0x0b: case 0x23: case 0x33: /* add and others */
			load = true;
			break;
		case 0x38: case 0x39: case 0x3a: case 0x3b: /* cmp */
		case 0x84: case 0x85:		/* test */
			break;
		case 0xf6:
			immediate = operand.reg % 8 < 2 ? 1 : 0;
			break;
		case 0xf7:
			immediate = operand.reg % 8 < 2 ? 4 : 0;
			break;
		case 0x80: case 0x83: case 0x81:	/* add, or, and, cmp */
			immediate = code == 0x81 ? 4 : 1;
			if (operand.reg % 8 != 7)
				*op = DV_RMW;
			break;
		case 0x86: case 0x87:		/* xchg */
			*op = DV_RMW;
			break;
		case 0x01: case 0x09: case 0x21: case 0x31:
			*op = DV_RMW;
			break;
		case 0xff:		/* call, jmp, push, inc, dec */
			if (operand.reg % 8 < 2)
				*op = DV_RMW;
			break;
		default:
			return false;
		}
	}
	if (locked && *op != DV_RMW)
		return false;
	if (operand.next + immediate != end)
		return false;
	if (load && operand.reg == operand.base)
		return true;
	/* A bit string operation may access another byte of the word. */
	return address - operand.address < sizeof(long) ||
	       operand.address - address < sizeof(long);
}

enum dv_op dv_decode(const struct pt_regs *regs, unsigned long address,
		     bool changed)
{
	const u8 *end = (const u8 *)regs->ip;
	enum dv_op op;
	int length;

	for (length = MAX_INSN; length >= 2; length--)
		if (matches(regs, end - length, end, address, &op) &&
		    !(changed && op == DV_READ))
			return op;
	return changed ? DV_WRITE : DV_READ;
}
