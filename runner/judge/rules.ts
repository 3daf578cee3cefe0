// SPDX-License-Identifier: MIT
/** Judges the rules of a vector: expectations of moments and orders, under conditions. */
import type { Execution } from '../../schema/types/execution';
import type { Condition, DeviceAtMoment, DevicesAtMoment, Rule } from '../../schema/types/vector';
import { pointOf } from '../explore/points';
import { type Case, fieldNames } from '../library/compile';
import { isAt, type Moment } from '../library/observation';
import type { Path } from '../library/yaml-source';
import { callbackViolations, deviceViolations, resultViolations, warningViolations } from './ends';
import { show, type Violation } from './violation';

/** True if the condition of the rule holds and its window opens. */
export function applies(test: Case, execution: Execution, { when, throughout }: Rule): boolean {
	if (when && !holds(test, execution, when)) return false;
	if (!throughout) return true;
	const { from, until } = windowOf(test, execution, throughout);
	return from >= 0 && from < until;
}

function holds(test: Case, execution: Execution, { before, results }: Condition): boolean {
	const [first, second] = before ?? [];
	if (first !== undefined && second !== undefined) {
		const end = lastAt(execution, pointOf(test, first).end);
		const begin = firstAt(execution, pointOf(test, second).begin);
		if (end < 0 || begin < 0 || end > begin) return false;
	}
	return !results || resultViolations(test, execution, results, []).next().done === true;
}

export function* ruleViolations(
	test: Case,
	execution: Execution,
	rule: Rule,
	path: Path,
): Generator<Violation> {
	for (const [name, device] of Object.entries(rule.after ?? {})) {
		const moment = lastAt(execution, pointOf(test, name).end);
		if (moment >= 0)
			yield* momentViolations(
				{ execution, index: moment },
				device,
				[...path, 'after', name],
				`when ${name} returned`,
			);
	}
	if (rule.throughout) yield* windowViolations(test, execution, rule.throughout, path);
	if (rule.quiet) yield* quietViolations(test, execution, rule.quiet, path);
	if (rule.results) yield* resultViolations(test, execution, rule.results, [...path, 'results']);
	if (rule.device)
		yield* deviceViolations(execution.device, rule.device, [...path, 'device'], 'at the end');
	if (rule.log)
		yield* deviceViolations(execution.log, rule.log, [...path, 'log'], 'at the end', 'log.');
	if (rule.callbacks) yield* callbackViolations(execution, rule.callbacks, [...path, 'callbacks']);
	if (rule.warnings) yield* warningViolations(execution, rule.warnings, [...path, 'warnings']);
}

type Window = NonNullable<Rule['throughout']>;

/** Indexes of the first event of a window and of the first after it; from is -1 when the window never opens. */
function windowOf(test: Case, execution: Execution, { from, until }: Omit<Window, 'device'>) {
	const begin = until === undefined ? -1 : firstAt(execution, pointOf(test, until).begin);
	return {
		from: lastAt(execution, pointOf(test, from).end),
		until: begin < 0 ? execution.events.length : begin,
	};
}

function* windowViolations(
	test: Case,
	execution: Execution,
	window: Window,
	path: Path,
): Generator<Violation> {
	const { from, until } = windowOf(test, execution, window);
	if (from < 0) return;
	for (const { object: field, expected } of fieldsOf(window.device)) {
		for (const [index, { object }] of execution.events.entries()) {
			if (index < from || index >= until) continue;
			if (index > from && object !== field) continue;
			const place = [...path, 'throughout', 'device'];
			const moment = { execution, index };
			const violation = momentViolations(moment, expected, place, `after ${window.from}`).next();
			if (!violation.done) {
				yield violation.value;
				break;
			}
		}
	}
}

/** The fields that an expectation compares, each with an expectation of it alone. */
function fieldsOf({ log, ...device }: DevicesAtMoment) {
	const single = (of: DeviceAtMoment): [string, DeviceAtMoment][] =>
		Object.entries(of).map(([field, expected]) => [
			fieldNames[field as keyof typeof fieldNames],
			{ [field]: expected },
		]);
	return [
		...single(device).map(([object, expected]) => ({ object, expected })),
		...single(log ?? {}).map(([object, expected]) => ({
			object: `log.${object}`,
			expected: { log: expected },
		})),
	];
}

/** Compares the devices after an event. */
function* momentViolations(
	{ execution, index }: { readonly execution: Execution; readonly index: number },
	{ log, ...expected }: DevicesAtMoment,
	path: Path,
	moment: string,
): Generator<Violation> {
	yield* deviceViolations(deviceAt(execution, index), expected, path, moment);
	if (!log) return;
	const device = deviceAt(execution, index, 'log.');
	yield* deviceViolations(device, log, [...path, 'log'], moment, 'log.');
}

function* quietViolations(
	test: Case,
	execution: Execution,
	{ after, holder }: NonNullable<Rule['quiet']>,
	path: Path,
): Generator<Violation> {
	const moment = lastAt(execution, pointOf(test, after).end);
	if (moment < 0) return;
	for (const { event, agent } of execution.callbacks.filter((each) => each.holder === holder)) {
		const end = execution.events.findIndex(
			(other, index) =>
				index > event &&
				other.agent === agent &&
				isAt({ op: 'return', object: `${holder}.notify_failure` }, other),
		);
		if (end >= 0 && end < moment) continue;
		const what = event > moment ? 'began' : 'still ran';
		yield {
			expectation: [...path, 'quiet'],
			message: `${holder}'s callback ${what} after ${show(after)} had returned`,
		};
		return;
	}
}

const firstAt = ({ events }: Execution, moment: Moment): number =>
	events.findIndex((event) => isAt(moment, event));
const lastAt = ({ events }: Execution, moment: Moment): number =>
	events.findLastIndex((event) => isAt(moment, event));

/** The device after an event; with a prefix the second one. */
function deviceAt(
	{ start, events }: Execution,
	index: number,
	prefix: '' | 'log.' = '',
): Partial<Execution['device']> {
	const device: Record<string, unknown> = { ...(prefix ? start.log : start) };
	for (const { op, object, new: value } of events.slice(0, index + 1))
		if (op === 'write' || op === 'rmw')
			for (const [field, name] of Object.entries(fieldNames))
				if (prefix + name === object) device[field] = value;
	return device;
}
