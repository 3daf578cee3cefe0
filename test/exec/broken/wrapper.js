// SPDX-License-Identifier: MIT
/**
 * An adapter with one defect: node wrapper.js DEFECT PROGRAM ARGUMENT... forwards lines between the runner and a correct
 * adapter. The defect changes a request, an answer, an invalid request, or the exit code.
 */
const { spawn } = require('node:child_process');
const { createInterface } = require('node:readline');

const [name, program, ...args] = process.argv.slice(2);

/** Changes each execution of an answer. */
const executions = (change) => ({
	answer: (answer, request) =>
		answer.executions?.forEach((each, index) => {
			change(each, request.program, request.schedules[index]);
		}),
});
const hello = (other) => ({
	answer: (answer) => answer.answer === 'hello' && Object.assign(answer, other),
});

const defects = {
	none: {},
	'speaks another protocol': hello({ protocol: 2 }),
	'cannot make a call': {
		request: ({ program }) => {
			if (program?.threads[0].calls[0].call === 'put_dax') program.unknown = true;
		},
	},
	'mixes up a batch': {
		answer: ({ executions }) => executions?.push(executions.shift()),
	},
	'keeps state between executions': executions((execution, _, { length }) => {
		if (length === 6) execution.events.at(-1).function = 'again';
	}),
	'reports an ended agent as waiting': executions(({ diverged }) => {
		if (diverged?.why === 'ended') diverged.why = 'blocked';
	}),
	'reports a waiting agent as ended': executions(({ diverged }) => {
		if (diverged?.why === 'blocked') diverged.why = 'ended';
	}),
	'counts references that setup took': executions(({ device }, { setup }) => {
		device.refs += setup.length;
	}),
	'releases the device instead of NULL': {
		request: ({ program }) => {
			const call = program?.threads[0].calls[0];
			if (program?.id === 'DAXV-0000' && call.device === null) delete call.device;
		},
	},
	'takes the second device for the first': {
		request: ({ program }) => {
			if (program?.id === 'DAXV-0000' && program.log)
				for (const call of program.threads[0].calls) delete call.device;
		},
	},
	'omits the device of a callback': executions(({ callbacks }, { id }) => {
		if (id === 'DAXV-0000') for (const callback of callbacks) delete callback.device;
	}),
	'omits the second device': executions((execution, { id }) => {
		if (id === 'DAXV-0000') delete execution.log;
	}),
	'omits the offset of a device': executions(({ results }, { id }) => {
		if (id === 'DAXV-0000') for (const result of results) delete result.start_off;
	}),
	'omits the range of a failure': executions(({ callbacks }) => {
		for (const callback of callbacks) callback.offset = 0;
	}),
	'hides faults': executions((execution) => {
		execution.faults = [];
	}),
	'ignores unknown parts of a program': {
		request: ({ program }) => delete program?.weather,
	},
	'shortens seq': {
		answer: (answer) => {
			answer.seq = answer.seq.slice(0, 32);
		},
	},
	'ignores invalid requests': { garbage: () => null },
	'exits with an error': { end: () => 3 },
	'names another target': hello({ target: 'v6.12-stable' }),
};

const defect = defects[name];
const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
const requests = [];

createInterface({ input: process.stdin })
	.on('line', (line) => {
		let request = null;
		try {
			request = JSON.parse(line);
		} catch {
			if (defect.garbage) return;
		}
		const changed = request && defect.request;
		if (changed) changed(request);
		requests.push(request);
		child.stdin.write(`${changed ? JSON.stringify(request) : line}\n`);
	})
	.on('close', () => child.stdin.end());
createInterface({ input: child.stdout }).on('line', (line) => {
	const answer = JSON.parse(line);
	const request = requests.shift();
	if (request && defect.answer) defect.answer(answer, request);
	process.stdout.write(`${JSON.stringify(answer)}\n`);
});
child.on('close', (code) => {
	process.exitCode = defect.end?.() ?? code ?? 1;
	process.stdin.destroy();
});
