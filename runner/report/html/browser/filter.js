// SPDX-License-Identifier: MIT
// Filters the vectors: the rows of a table, and the details of the same vectors.
const filter = document.querySelector('.filter');
const lines = [...document.querySelectorAll('tr[data-vector]')];
const details = new Map(
	[...document.querySelectorAll('details[data-vector]')].map((each) => [each.dataset.vector, each]),
);
const words = new Map();

/** All text about a vector, collected at the first search. */
function textOf(id, line) {
	if (!words.has(id))
		words.set(
			id,
			[line.textContent, line.dataset.words, details.get(id)?.textContent].join(' ').toLowerCase(),
		);
	return words.get(id);
}

function narrow() {
	const { text, state, tag } = filter.elements;
	const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
	let count = 0;
	for (const line of lines) {
		const { vector, state: states, tags } = line.dataset;
		const fits =
			(!state?.value || states.split(' ').includes(state.value)) &&
			(!tag.value || tags.split(' ').includes(tag.value)) &&
			wanted.every((word) => textOf(vector, line).includes(word));
		line.hidden = !fits;
		if (details.has(vector)) details.get(vector).hidden = !fits;
		if (fits) count++;
	}
	filter.querySelector('output').textContent = `${count} of ${lines.length} vectors`;
}

filter.hidden = false;
filter.addEventListener('input', narrow);
filter.addEventListener('submit', (event) => event.preventDefault());
addEventListener('keydown', (event) => {
	if (event.key !== '/' || event.target.closest('input, select, textarea')) return;
	event.preventDefault();
	filter.elements.text.focus();
});
narrow();
