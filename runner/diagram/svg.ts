// SPDX-License-Identifier: MIT
/** The lanes of an execution as SVG: a column a thread, time going down, an arrow from each write to who saw it. */
import type { Lanes, Step } from '../../schema/types/report';
import { html, type Markup } from '../text/markup';
import { isTrouble, words } from './step';

/** In pixels; CHARACTER is what fonts of fixed width take at 13 px, rounded up. */
const CHARACTER = 7.9;
const ROW = 20;
const GUTTER = 34;
const INDENT = 16;
const PADDING = 14;

interface Placed {
	readonly step: Step;
	readonly text: string;
	readonly left: number;
	readonly right: number;
	readonly y: number;
}

/** caption says what it shows, for who cannot see it. */
export function laneSvg({ threads, steps }: Lanes, caption: string): Markup {
	const texts = steps.map((step) => ({ step, text: textOf(step) }));
	const widths = threads.map((name, lane) => {
		const own = texts.filter(({ step }) => step.lane === lane);
		const needs = own.map(({ step, text }) => text.length * CHARACTER + step.depth * INDENT);
		return Math.ceil(Math.max(name.length * CHARACTER, ...needs) + 2 * PADDING);
	});
	const starts = widths.map((_, lane) => GUTTER + sum(widths.slice(0, lane)));
	const placed = texts.map(({ step, text }, index): Placed => {
		const left = starts[step.lane]! + PADDING + step.depth * INDENT;
		return { step, text, left, right: left + text.length * CHARACTER, y: ROW * (index + 2) };
	});
	const width = GUTTER + sum(widths);
	const height = ROW * (steps.length + 1.5);
	return html`<svg class="diagram" role="img" aria-label="${caption}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
${starts.map((x) => html`<path class="rule" d="M${x} 0V${height}"/>`)}<path class="rule" d="M0 ${ROW * 1.25}H${width}"/>
${threads.map((name, lane) => html`<text class="thread" x="${starts[lane]! + PADDING}" y="${ROW * 0.8}">${name}</text>`)}
${placed.flatMap(({ step }) => arrow(step, placed))}
${placed.map(({ step, text, left, y }, index) => html`<text class="number" x="${GUTTER - 8}" y="${y}">${index + 1}</text><text class="${kind(step)}" x="${left}" y="${y}">${text}</text>\n`)}</svg>`;
}

function textOf(step: Step): string {
	const { text, note, place } = words(step);
	return [text.replace(' -> ', ' → '), note, place].filter((part) => part !== '').join(' ');
}

function kind(step: Step): string {
	if (isTrouble(step)) return 'trouble';
	return step.op === 'call' || step.op === 'return' ? 'call' : '';
}

/** Within a lane everybody sees what he wrote; only what others wrote is told. */
function arrow(step: Step, placed: readonly Placed[]): Markup[] {
	const from = placed[step.saw ?? -1];
	const to = placed.find((each) => each.step === step)!;
	if (!from || from.step.lane === step.lane) return [];
	const right = to.left > from.left;
	const x1 = right ? from.right + 4 : from.left - 4;
	const x2 = right ? to.left - 4 : to.right + 4;
	const bend = Math.max(24, Math.abs(x2 - x1) / 2) * (right ? 1 : -1);
	const [y1, y2, tip] = [from.y - 4, to.y - 4, right ? -5 : 5];
	const curve = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}m${tip} -3l${-tip} 3l${tip} 3`;
	return [html`<path class="saw" d="${curve}"/>`];
}

const sum = (numbers: readonly number[]): number =>
	numbers.reduce((total, each) => total + each, 0);
