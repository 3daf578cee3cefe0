// SPDX-License-Identifier: MIT
// Opens the vector that a link leads to.
function openTarget() {
	const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
	const vector = target?.closest('.vector');
	if (!vector) return;
	vector.hidden = false;
	vector.open = true;
	target.scrollIntoView();
}

addEventListener('hashchange', openTarget);
openTarget();
