// SPDX-License-Identifier: MIT
/** A client of the YAML language server, over stdio, with the settings of this repository. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../runner/text/package-root';

interface Message {
	readonly id?: number;
	readonly method?: string;
	readonly params?: unknown;
	readonly result?: unknown;
	readonly error?: { readonly message: string };
}

export interface Place {
	readonly line: number;
	readonly character: number;
}

export class LanguageServer {
	private readonly child: ChildProcess;
	private readonly waiting = new Map<number, (message: Message) => void>();
	private readonly diagnosed = new Map<string, (found: { message: string }[]) => void>();
	private rest = Buffer.alloc(0);
	private next = 1;

	/** Starts the server; without settings, only the first line of a file names its schema. */
	constructor(private readonly settled = true) {
		const bin = join(packageRoot, 'node_modules/yaml-language-server/bin/yaml-language-server');
		this.child = spawn(process.execPath, [bin, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
		this.child.stdout!.on('data', (data: Buffer) => this.read(data));
	}

	async start(): Promise<void> {
		const rootUri = pathToFileURL(packageRoot).href;
		const workspaceFolders = [{ uri: rootUri, name: 'dax-vectors' }];
		const capabilities = { workspace: { configuration: true, workspaceFolders: true } };
		await this.ask('initialize', { processId: null, rootUri, workspaceFolders, capabilities });
		this.tell('initialized', {});
	}

	/** Opens a file with a text; returns the diagnostics of the server. */
	open(file: string, text: string): Promise<{ message: string }[]> {
		const uri = pathToFileURL(join(packageRoot, file)).href;
		const found = new Promise<{ message: string }[]>((done) => this.diagnosed.set(uri, done));
		const textDocument = { uri, languageId: 'yaml', version: 1, text };
		this.tell('textDocument/didOpen', { textDocument });
		return found;
	}

	async complete(file: string, position: Place): Promise<string[]> {
		const { items } = (await this.at('completion', file, position)) as {
			items: { label: string }[];
		};
		return items.map(({ label }) => label);
	}

	async hover(file: string, position: Place): Promise<string> {
		return JSON.stringify(await this.at('hover', file, position));
	}

	stop(): void {
		this.child.kill();
	}

	private at(what: string, file: string, position: Place): Promise<unknown> {
		const uri = pathToFileURL(join(packageRoot, file)).href;
		return this.ask(`textDocument/${what}`, { textDocument: { uri }, position });
	}

	private ask(method: string, params: unknown): Promise<unknown> {
		const id = this.next++;
		this.send({ id, method, params });
		return new Promise((resolve, reject) =>
			this.waiting.set(id, ({ result, error }) =>
				error ? reject(new Error(error.message)) : resolve(result),
			),
		);
	}

	private tell(method: string, params: unknown): void {
		this.send({ method, params });
	}

	private send(message: Message): void {
		const text = JSON.stringify({ jsonrpc: '2.0', ...message });
		this.child.stdin!.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
	}

	private read(data: Buffer): void {
		this.rest = Buffer.concat([this.rest, data]);
		for (;;) {
			const start = this.rest.indexOf('\r\n\r\n') + 4;
			const length = Number(
				/Content-Length: (\d+)/.exec(this.rest.toString('latin1', 0, start))?.[1],
			);
			if (start < 4 || this.rest.length < start + length) return;
			const message = JSON.parse(this.rest.toString('utf8', start, start + length)) as Message;
			this.rest = this.rest.subarray(start + length);
			this.take(message);
		}
	}

	private take({ id, method, params, ...answer }: Message): void {
		if (method === undefined) this.waiting.get(id!)?.(answer);
		else if (method === 'workspace/configuration') {
			const { items } = params as { items: { section: string }[] };
			this.send({
				id: id!,
				result: items.map(({ section }) => (this.settled ? settings(section) : {})),
			});
		} else if (method === 'textDocument/publishDiagnostics') {
			const { uri, diagnostics } = params as { uri: string; diagnostics: { message: string }[] };
			this.diagnosed.get(uri)?.(diagnostics);
		} else if (id !== undefined) this.send({ id, result: null });
	}
}

/** Returns a section of .vscode/settings.json, such as yaml. */
function settings(section: string): object {
	const all = JSON.parse(
		readFileSync(join(packageRoot, '.vscode/settings.json'), 'utf8'),
	) as Record<string, unknown>;
	const found: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(all)) {
		const [first, second, third] = key.split('.');
		if (first !== section || second === undefined) continue;
		if (third === undefined) found[second] = value;
		else found[second] = { ...(found[second] as object), [third]: value };
	}
	return found;
}
