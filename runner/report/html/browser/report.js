// SPDX-License-Identifier: MIT
// Opens the vector that a link leads to, and every failing vector before the page is printed.
function openTarget() {
	const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
	const vector = target?.closest('.vector');
	if (!vector) return;
	vector.hidden = false;
	vector.open = true;
	target.scrollIntoView();
}

addEventListener('hashchange', openTarget);
addEventListener('beforeprint', () => {
	for (const each of document.querySelectorAll('.vector.fails')) each.open = true;
});
openTarget();
