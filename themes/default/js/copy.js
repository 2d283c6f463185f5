// A button on every block of code that copies it: commands without the prompt before them and without what they
// print. And one that copies the page.
(() => {
  if (!navigator.clipboard) return;

  // Where lines are told apart, the page says what is a prompt; else the text does.
  const text = (code) => {
    const copy = code.cloneNode(true);
    for (const mark of copy.querySelectorAll(".annotation")) mark.remove();
    const lines = copy.textContent.replace(/\n$/, "").split("\n");
    const marked = [...copy.querySelectorAll(".line")].map((line) => line.querySelector(".prompt")?.textContent);
    if (marked.some(Boolean)) return commands(lines, marked);
    const prompts = lines.map((line) => line.match(/^(\$|❯|PS [^>]*>|>>>|\.\.\.)( |$)/)?.[0]);
    const first = lines.findIndex((line) => line.trim() && !line.startsWith("#"));
    return prompts[first] ? commands(lines, prompts) : lines.join("\n");
  };
  const commands = (lines, prompts) => {
    const kept = [];
    let continued = false;
    lines.forEach((line, index) => {
      if (!prompts[index] && !continued) return;
      kept.push(line.slice(prompts[index]?.length ?? 0));
      continued = line.endsWith("\\");
    });
    return kept.join("\n");
  };

  for (const code of document.querySelectorAll(".prose pre > code")) {
    const frame = code.closest("figure.code") || code.parentElement;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    const label = code.closest(".prompt") ? say("copy.prompt") : say("copy.copy");
    button.textContent = label;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text(code));
        button.textContent = say("copy.copied");
      } catch {
        button.textContent = say("copy.press");
        getSelection().selectAllChildren(code);
      }
      setTimeout(() => (button.textContent = label), 2000);
    });
    frame.append(button);
  }

  // The whole page, as the Markdown that the link before it leads to. Browsers load no such file from a folder.
  const link = document.querySelector("a[data-copy-page]");
  const whole = document.querySelector("button[data-copy-page]");
  if (!link || !whole || !window.ClipboardItem || location.protocol === "file:") return;
  const label = whole.querySelector("span");
  whole.addEventListener("click", async () => {
    // Handed over before it is loaded: some browsers let a page copy only while they handle the click.
    const markdown = fetch(link.href).then(async (answer) => {
      if (!answer.ok) throw new Error(answer.statusText);
      return new Blob([await answer.text()], { type: "text/plain" });
    });
    try {
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": markdown })]);
      label.textContent = say("copy.copied");
    } catch {
      location.assign(link.href);
    }
    setTimeout(() => (label.textContent = say("copy.page")), 2000);
  });
  // The page keeps its place free, so that nothing moves.
  whole.disabled = false;
})();
