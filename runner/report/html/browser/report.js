// SPDX-License-Identifier: MIT
// Narrows the vectors down, and opens the one that a link leads to.
const filter = document.querySelector('.filter');
const lines = [...document.querySelectorAll('.matrix tbody tr')];
const details = new Map(
	[...document.querySelectorAll('.vector')].map((each) => [each.dataset.vector, each]),
);
const words = new Map();

/** Everything that is said of a vector, read when first asked for. */
function saidOf(id, line) {
	if (!words.has(id))
		words.set(id, `${line.textContent} ${details.get(id).textContent}`.toLowerCase());
	return words.get(id);
}

function narrow() {
	const { text, state, tag } = filter.elements;
	const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
	let count = 0;
	for (const line of lines) {
		const { vector, state: states, tags } = line.dataset;
		const fits =
			(!state.value || states.split(' ').includes(state.value)) &&
			(!tag.value || tags.split(' ').includes(tag.value)) &&
			wanted.every((word) => saidOf(vector, line).includes(word));
		line.hidden = !fits;
		details.get(vector).hidden = !fits;
		if (fits) count++;
	}
	filter.querySelector('output').textContent = `${count} of ${lines.length} vectors`;
}

function openTarget() {
	const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
	const vector = target?.closest('.vector');
	if (!vector) return;
	vector.hidden = false;
	vector.open = true;
	target.scrollIntoView();
}

filter.hidden = false;
filter.addEventListener('input', narrow);
filter.addEventListener('submit', (event) => event.preventDefault());
addEventListener('hashchange', openTarget);
addEventListener('keydown', (event) => {
	if (event.key !== '/' || event.target.closest('input, select, textarea')) return;
	event.preventDefault();
	filter.elements.text.focus();
});
addEventListener('beforeprint', () => {
	for (const each of details.values()) if (each.classList.contains('fails')) each.open = true;
});
narrow();
openTarget();
