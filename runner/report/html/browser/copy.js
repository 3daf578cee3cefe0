// SPDX-License-Identifier: MIT
// Adds a button that copies the text before it.
for (const text of document.querySelectorAll('.copyable')) {
	const button = document.createElement('button');
	button.type = 'button';
	button.textContent = 'copy';
	button.setAttribute('aria-label', `copy: ${text.textContent.slice(0, 60)}`);
	button.addEventListener('click', async () => {
		try {
			await navigator.clipboard.writeText(text.textContent);
			button.textContent = 'copied';
		} catch {
			// Selects the text if the browser denies access to the clipboard.
			getSelection().selectAllChildren(text);
			button.textContent = 'press Ctrl+C';
		}
		setTimeout(() => {
			button.textContent = 'copy';
		}, 2000);
	});
	text.after(' ', button);
}
