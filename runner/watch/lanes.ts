// SPDX-License-Identifier: MIT
/** The calls of a finding as lanes, one for each task. */
import type { Lanes, Step } from '../../schema/types/report';
import { type CallbackSpan, type CallSpan, NEVER } from '../history/history';
import type { Device } from './device-history';
import type { Finding } from './judge';

type Shown = CallSpan | CallbackSpan;

export function lanesOf({ device, spans, violation }: Finding): Lanes {
	const { recording } = device.history;
	const tasks = [...new Set(spans.map(({ agent }) => agent))];
	const nameOf = (task: number): string => {
		const span = spans.find(({ agent }) => agent === task);
		return `${(span && device.made.get(span)?.command) ?? 'task'}[${task}]`;
	};
	const ends = spans.flatMap((span) => [
		{ at: span.begin, span, step: callStep(span) },
		...(span.end === NEVER ? [] : [{ at: span.end, span, step: returnStep(device, span) }]),
	]);
	const warned = recording.warnings.filter(({ at }) => at === violation.at);
	const steps = ends
		.sort((a, b) => a.at - b.at)
		.flatMap(({ at, span, step }): Step[] => {
			const lane = tasks.indexOf(span.agent);
			const depth = spans.filter(
				(each) => each.agent === span.agent && each.begin < span.begin && span.end < each.end,
			).length;
			const warnings = step.op === 'call' && at === violation.at ? warned : [];
			return [
				{ lane, depth, ...step },
				...warnings.map((each) => ({ lane, depth, op: 'warn' as const, object: each.function })),
			];
		});
	return { threads: tasks.map(nameOf), start: recording.start, steps };
}

const isCall = (span: Shown): span is CallSpan => 'as' in span;

function callStep(span: Shown): Omit<Step, 'lane' | 'depth'> {
	if (isCall(span)) {
		const [, object = span.call, args = ''] = /^(\w+)\((.*)\)$/.exec(span.as) ?? [];
		return { op: 'call', object, args };
	}
	const args = `${span.length}, ${span.flags}`;
	return { op: 'call', object: callbackName(span), args };
}

function returnStep({ answers }: Device, span: Shown): Omit<Step, 'lane' | 'depth'> {
	if (isCall(span)) return { op: 'return', object: span.call, new: span.result ?? null };
	return { op: 'return', object: callbackName(span), new: answers.get(span) ?? null };
}

const callbackName = ({ holder }: CallbackSpan): string => `${holder}.notify_failure`;
