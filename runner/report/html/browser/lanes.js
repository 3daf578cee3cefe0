// SPDX-License-Identifier: MIT
// Steps through the lanes of an execution, shows the device at each step, and links reads with the writes they saw.
const SVG = 'http://www.w3.org/2000/svg';

/** Adds the controls to one table. Long, because its inner functions share the current step. */
function stepThrough(lanes) {
	const rows = [...lanes.querySelectorAll('tbody tr')];
	const start = new Map(lanes.dataset.start.split('|').map((word) => word.split('=')));
	const saw = rows.map((row) => Number(row.querySelector('sup')?.textContent) - 1);
	const bar = document.createElement('div');
	bar.className = 'stepper';
	const state = document.createElement('output');
	const hint = document.createElement('span');
	let now = 0;
	let stepping = false;

	function show(step) {
		now = Math.max(0, Math.min(step, rows.length));
		const device = new Map(start);
		rows.forEach((row, index) => {
			row.classList.toggle('now', stepping && index === now - 1);
			row.classList.toggle('later', stepping && index >= now);
			row.classList.toggle('seen', stepping && saw[now - 1] === index);
			const change = row.querySelector('[data-now]')?.dataset.now.split('=');
			if (change && index < now) device.set(...change);
		});
		const fields = [...device].map(([field, value]) => `${field} ${value}`).join(', ');
		state.textContent = `${now === 0 ? 'before step 1' : `after step ${now}`} of ${rows.length}: ${fields}`;
		if (stepping) rows[now - 1]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
		link();
	}

	/** Draws an arrow from each write to a read in another lane. */
	function link() {
		lanes.querySelector('svg')?.remove();
		const arrows = rows.flatMap((row, index) => {
			const to = row.querySelector('td[class]');
			const from = rows[saw[index]]?.querySelector('td[class]');
			if (!from || from.cellIndex === to.cellIndex) return [];
			const path = arrow(from, to);
			if (stepping && index === now - 1) path.classList.add('now');
			const isBug = [row, rows[saw[index]]].every((each) => each.matches('.highlighted'));
			if (isBug) path.classList.add('bug');
			return [path];
		});
		if (arrows.length === 0) return;
		const svg = document.createElementNS(SVG, 'svg');
		svg.setAttribute('width', lanes.scrollWidth);
		svg.setAttribute('height', lanes.scrollHeight);
		svg.setAttribute('aria-hidden', 'true');
		svg.append(...arrows);
		lanes.append(svg);
	}

	function arrow(from, to) {
		const right = to.cellIndex > from.cellIndex;
		const [source, target] = [from, to].map(textBox);
		const x1 = right ? source.right + 3 : source.left - 3;
		const x2 = right ? target.left - 3 : target.right + 3;
		const [y1, y2] = [source, target].map(({ top, bottom }) => (top + bottom) / 2);
		const bend = Math.max(20, Math.abs(x2 - x1) / 2) * (right ? 1 : -1);
		const tip = right ? -5 : 5;
		const path = document.createElementNS(SVG, 'path');
		path.setAttribute(
			'd',
			`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}m${tip} -3l${-tip} 3l${tip} 3`,
		);
		return path;
	}

	/** Box of the text of a cell, relative to the lanes. */
	function textBox(cell) {
		const range = document.createRange();
		range.selectNodeContents(cell);
		const box = range.getBoundingClientRect();
		const frame = lanes.getBoundingClientRect();
		const [x, y] = [lanes.scrollLeft - frame.left - 1, lanes.scrollTop - frame.top - 1];
		return { left: box.left + x, right: box.right + x, top: box.top + y, bottom: box.bottom + y };
	}

	function move(to) {
		stepping = true;
		show(to);
	}

	const moves = {
		ArrowDown: () => now + 1,
		ArrowRight: () => now + 1,
		ArrowUp: () => now - 1,
		ArrowLeft: () => now - 1,
		Home: () => 0,
		End: () => rows.length,
	};
	const buttons = { first: 'Home', back: 'ArrowLeft', next: 'ArrowRight', last: 'End' };
	for (const [name, key] of Object.entries(buttons)) {
		const button = document.createElement('button');
		button.type = 'button';
		button.textContent = name;
		button.addEventListener('click', () => move(moves[key]()));
		bar.append(button);
	}
	state.setAttribute('aria-live', 'polite');
	hint.className = 'dim';
	hint.textContent = 'the keys \u2190 and \u2192 step';
	bar.append(state, hint);
	lanes.before(bar);
	new ResizeObserver(link).observe(lanes);
	steppers.set(lanes, { hint, press: (key) => move(moves[key]()), keys: Object.keys(moves) });
	show(now);
	chooseTarget();
}

const steppers = new Map();

/** The table that the arrow keys step: the focused one, else the first that lies in view. */
function target() {
	const focused = document.activeElement?.closest('.lanes');
	if (steppers.has(focused)) return focused;
	const bar = document.activeElement?.closest('.stepper');
	if (bar) return bar.nextElementSibling;
	return [...steppers.keys()].find((lanes) => {
		const { top, bottom, height } = lanes.getBoundingClientRect();
		return height > 0 && bottom > MARGIN && top < innerHeight - MARGIN;
	});
}

/** Pixels of a table that have to be in view. */
const MARGIN = 60;

/** Shows the keys beside the table that they step. */
function chooseTarget() {
	const chosen = target();
	for (const [lanes, { hint }] of steppers) hint.hidden = lanes !== chosen;
}

addEventListener('scroll', chooseTarget, { passive: true });
addEventListener('focusin', chooseTarget);
addEventListener('keydown', (event) => {
	if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
	const { activeElement } = document;
	if (activeElement?.matches('input, select, textarea, pre, .scroll')) return;
	const lanes = target();
	const stepper = steppers.get(lanes);
	// Elsewhere the other keys scroll the page.
	const keys = lanes === activeElement ? stepper?.keys : ['ArrowLeft', 'ArrowRight'];
	if (!stepper || !keys.includes(event.key)) return;
	event.preventDefault();
	stepper.press(event.key);
});

// A page may have hundreds of tables: each is prepared when it comes into view.
const pending = new IntersectionObserver((entries) => {
	for (const { isIntersecting, target } of entries) {
		if (!isIntersecting) continue;
		pending.unobserve(target);
		stepThrough(target);
	}
});
for (const lanes of document.querySelectorAll('.lanes')) pending.observe(lanes);
