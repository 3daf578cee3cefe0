// SPDX-License-Identifier: MIT
/**
 * The paths of one thread. Its code depends on nothing but the values of its accesses, so each stop is found once and then
 * known by these values. Most executions of an exploration run no code of a call.
 */
import type { FaultName } from '../../schema/types/common';
import type { ProgramCall } from '../../schema/types/program';
import type { Access } from './access';
import type { Stop } from './stop';
import { Thread } from './thread';
import type { World } from './world';

/** A stop, by the values of the accesses before it. The points after it are a list, because an access has few values. */
export class Point implements Stop {
	readonly access: Access | null;
	readonly site: number;
	readonly function: string;
	readonly warnings: readonly string[];
	readonly fault: FaultName | null;
	/** The first point after it, and the next one after the same point. */
	after: Point | null = null;
	beside: Point | null = null;

	/** from and value: the point before, null at the first, and the value of its access. */
	constructor(
		stop: Stop,
		readonly from: Point | null,
		readonly value: unknown,
	) {
		this.access = stop.access;
		this.site = stop.site;
		this.function = stop.function;
		this.warnings = stop.warnings;
		this.fault = stop.fault;
	}
}

export class Paths {
	readonly first: Point;
	/** A thread that has run up to a point. */
	private thread: Thread;
	private at: Point;

	constructor(
		private readonly world: World,
		private readonly index: number,
		private readonly calls: readonly ProgramCall[],
	) {
		this.thread = new Thread(world, index, calls);
		this.first = this.at = new Point(this.thread.advance(), null, undefined);
	}

	/** The point after another one whose access has a value. */
	after(point: Point, value: unknown): Point {
		for (let next = point.after; next; next = next.beside) if (next.value === value) return next;
		return this.find(point, value);
	}

	private find(point: Point, value: unknown): Point {
		if (this.at !== point) this.runTo(point);
		const found = new Point(this.thread.advance(value), point, value);
		found.beside = point.after;
		point.after = found;
		this.at = found;
		return found;
	}

	/** Generators cannot be copied: runs a new thread to the point, on the values of the path. Performs no access. */
	private runTo(point: Point): void {
		const values: unknown[] = [];
		for (let each = point; each.from; each = each.from) values.push(each.value);
		this.thread = new Thread(this.world, this.index, this.calls);
		this.thread.advance();
		for (const value of values.reverse()) this.thread.advance(value);
		this.at = point;
	}
}

/** The threads that can go on from their points, as a bit mask. */
export function readyOf(points: readonly Point[]): number {
	let mask = 0;
	for (let agent = 0; agent < points.length; agent++) {
		const { access } = points[agent]!;
		if (access && (!access.ready || access.ready())) mask |= 1 << agent;
	}
	return mask;
}
