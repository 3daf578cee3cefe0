// SPDX-License-Identifier: MIT
/** Makes the records of a watch: findings, then what was exercised. See schema/watch.schema.json. */
import type { Watched, Watcher } from '../../implementations/watcher';
import type { Finding as FindingRecord, Footer, Header } from '../../schema/types/watch';
import { CANNOT_TEST, CONFORMS, DOES_NOT_CONFORM } from '../report/exit-codes';
import { version } from '../text/package-root';
import type { Device } from './device-history';
import { type Devices, devicesOf } from './devices';
import { type Finding, judge, UNSEEN } from './judge';
import { lanesOf } from './lanes';
import { situations } from './situations';
import { framesOf } from './stacks';

export interface Asked {
	readonly address: string;
	readonly command: string | null;
}

export function headerOf(watcher: Watcher, { address, command }: Asked): Header {
	const { description, release, missing, readsFields } = watcher;
	return {
		record: 'header',
		format: 1,
		tool: 'dax-vectors',
		version,
		started: new Date().toISOString(),
		address,
		description,
		release,
		command,
		fields: readsFields,
		missing: [...missing],
	};
}

/** The findings and the footer. commandExit: of the command, null without one. */
export function recordsOf(
	{ observations, problems }: Watched,
	readsFields: boolean,
	commandExit: number | null,
): { findings: FindingRecord[]; footer: Footer } {
	const watched = devicesOf(observations);
	const findings = judge(watched.devices).map(findingOf);
	const why = [...problems];
	if (watched.calls.length === 0)
		why.push('no call was seen: run something that mounts, unmounts or removes a dax device');
	const verdict = why.length > 0 ? CANNOT_TEST : CONFORMS;
	return {
		findings,
		footer: {
			record: 'footer',
			findings: findings.length,
			devices: watched.devices.length,
			calls: countsOf(watched),
			situations: situationsOf(watched),
			held: watched.devices.flatMap(heldOf),
			unseen: unseenOf(watched, readsFields),
			problems: why,
			commandExit,
			exit: findings.length > 0 ? DOES_NOT_CONFORM : verdict,
		},
	};
}

function findingOf(finding: Finding): FindingRecord {
	const { oracle, ofCaller, violation, device, spans, count } = finding;
	return {
		record: 'finding',
		rule: oracle.name,
		by: ofCaller ? 'caller' : 'callee',
		invariant: oracle.invariant,
		message: violation.message,
		effect: oracle.effect,
		vectors: [...oracle.vectors] as FindingRecord['vectors'],
		count,
		device: device.name,
		lanes: lanesOf(finding),
		calls: spans.map((span) => ({
			call: 'as' in span ? span.as : `callback of ${span.holder}`,
			by: taskOf(device, span),
			stack: [...framesOf(device, span)],
		})),
	};
}

const taskOf = ({ made }: Device, span: Finding['spans'][number]): string => {
	const { command = '', task = 0 } = made.get(span) ?? {};
	return `${command}[${task}]`;
};

function countsOf({ calls }: Devices): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { name } of calls) counts[name] = (counts[name] ?? 0) + 1;
	return counts;
}

const situationsOf = ({ devices }: Devices): Footer['situations'] =>
	situations.flatMap(({ name, vectors, count }) => {
		const times = devices.reduce((sum, { history }) => sum + count(history), 0);
		return times === 0 ? [] : [{ name, vectors: [...vectors], count: times }];
	});

/** The tenures of a device that lasts, which have no release. */
function heldOf(device: Device): Footer['held'] {
	const { tenures, recording } = device.history;
	if (recording.freed !== undefined) return [];
	return tenures
		.filter(({ release }) => !release)
		.map(({ holder, claim }) => ({
			device: device.name,
			holder,
			by: claim && taskOf(device, claim),
		}));
}

function unseenOf({ devices }: Devices, readsFields: boolean): string[] {
	const silent = devices.flatMap(({ name, holders, history }) => {
		const names = history.recording.silent ?? [];
		return holders
			.filter((each) => names.includes(each.name) && each.ops !== '0x0' && each.claim)
			.map((each) => `whether ${each.name} of ${name} was notified: ${whyNot(each.callback)}`);
	});
	const fields = readsFields
		? []
		: ['the fields of devices (a lost claim, a stale holder): this kernel cannot read them'];
	const rules = Object.entries(UNSEEN).map(([name, why]) => `${name}: ${why}`);
	return [...new Set(silent), ...fields, ...rules];
}

const whyNot = (callback: string | undefined): string =>
	callback === undefined
		? 'it has no notify_failure()'
		: `${callback}() was traced too late: load its module before the watch`;
