// What is wrong with the look of a page, as sentences. `options`: print, fixed (nothing scrolls sideways), touch (px).
(options) => {
	const faults = [];
	const root = document.querySelector('#mw-content-text .mw-parser-output');
	const foreign = '.mw-editsection, .toc, .printfooter, style, link, script, noscript';
	const ours = [...root.querySelectorAll('*')].filter((one) => !one.closest(foreign));
	const shown = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility === 'visible';
	const label = (one) => `<${one.tagName.toLowerCase()}> ${(one.textContent || one.value || '').trim().slice(0, 40)}`;

	// --- Width: nothing stands out of the page or of its container
	const page = document.documentElement;
	if (page.scrollWidth > page.clientWidth) {
		faults.push(`the page is ${page.scrollWidth} wide, the screen ${page.clientWidth}`);
	}
	const scrolls = (one) => one !== root && one && (/auto|scroll|hidden/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
	const frame = root.getBoundingClientRect();
	for (const one of ours.filter(shown)) {
		const box = one.getBoundingClientRect();
		if (box.width > 0 && (box.left < frame.left - 1 || box.right > frame.right + 1) && !scrolls(one.parentElement)) {
			faults.push(`${label(one)} stands out: ${Math.round(box.left)}-${Math.round(box.right)} of ${Math.round(frame.left)}-${Math.round(frame.right)}`);
		}
	}

	// --- Contrast: 4.5:1 of all text to what is behind it
	const parse = (text) => {
		const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
		return [r, g, b, a];
	};
	const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
	const behind = (one) => {
		if (!one) {
			return [255, 255, 255, 1];
		}
		const own = parse(getComputedStyle(one).backgroundColor);
		return own[3] === 1 ? own : over(own, behind(one.parentElement));
	};
	const luminance = (color) => {
		const [r, g, b] = color.slice(0, 3).map((value) => {
			const part = value / 255;
			return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
	const texts = [];
	while (walker.nextNode()) {
		const one = walker.currentNode.parentElement;
		if (walker.currentNode.data.trim() && !one.closest(foreign) && shown(one)) {
			texts.push(one);
		}
	}
	const boxes = ours.filter((one) => one.matches('input[type=submit], button') && shown(one));
	for (const one of new Set([...texts, ...boxes])) {
		const ground = behind(one);
		const ink = over(parse(getComputedStyle(one).color), ground);
		const [light, dark] = [luminance(ink), luminance(ground)].sort((a, b) => b - a);
		const contrast = (light + 0.05) / (dark + 0.05);
		if (contrast < 4.5) {
			faults.push(`${label(one)} has contrast ${contrast.toFixed(2)}: ${ink.slice(0, 3)} on ${ground.slice(0, 3)}`);
		}
		if (options.print && luminance(ground) < 0.8) {
			faults.push(`${label(one)} is printed on a dark ground: ${ground.slice(0, 3)}`);
		}
	}

	// --- Structure: headings in order, names for whatever can be pressed, nothing that runs
	const headings = [...document.querySelectorAll('h1, #mw-content-text :is(h2, h3, h4, h5, h6, [role=heading])')]
		.filter((one) => shown(one) && !one.closest('.toc'));
	let before = 0;
	for (const one of headings) {
		const level = Number(one.getAttribute('aria-level') || one.tagName.slice(1));
		if (level > before + 1) {
			faults.push(`${label(one)} is a heading of level ${level} after one of level ${before}`);
		}
		if (!one.textContent.trim()) {
			faults.push('a heading is empty');
		}
		before = level;
	}
	for (const one of ours.filter((each) => each.matches('a[href], button, input:not([type=hidden])') && shown(each))) {
		const name = one.getAttribute('aria-label') || one.textContent.trim() || one.value || one.title;
		if (!name) {
			faults.push(`${one.outerHTML.slice(0, 80)} has no name`);
		}
	}
	for (const one of root.querySelectorAll('img, svg, video, iframe, [onclick], script:not([type])')) {
		faults.push(`there is a <${one.tagName.toLowerCase()}>`);
	}

	// --- Touch
	for (const one of boxes) {
		if (one.getBoundingClientRect().height < options.touch) {
			faults.push(`${label(one)} is ${Math.round(one.getBoundingClientRect().height)} px high`);
		}
	}

	// --- Direction: words of ours in the reader's, and no letter in the wrong one
	const reader = page.lang.split('-')[0];
	for (const one of ours.filter((each) => each.lang)) {
		const wanted = ['ar', 'fa', 'he', 'ur'].includes(one.lang.split('-')[0]) ? 'rtl' : 'ltr';
		if (getComputedStyle(one).direction !== wanted) {
			faults.push(`${label(one)} is in ${one.lang}, and goes ${getComputedStyle(one).direction}`);
		}
	}
	if (reader === 'ar') {
		for (const one of texts.filter((each) => /[\u0600-\u06ff]/.test(each.textContent) && !each.closest('bdi'))) {
			if (getComputedStyle(one).direction !== 'rtl') {
				faults.push(`${label(one)} is Arabic, and goes left to right`);
			}
		}
	}
	if (/⧼|\(lang\)|Lua error|scribunto/.test(root.textContent) || /\{\{|\$\d/.test(root.textContent)) {
		faults.push('there is a raw key, parameter or error');
	}

	// --- Print
	if (options.print) {
		for (const one of root.querySelectorAll('.noprint')) {
			if (shown(one)) {
				faults.push(`${label(one)} is printed`);
			}
		}
	}
	return [...new Set(faults)];
}
