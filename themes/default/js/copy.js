// A button on every block of code that copies it: commands without the prompt before them and without what they
// print.
(() => {
  if (!navigator.clipboard) return;

  const commands = (text) => {
    const lines = text.replace(/\n$/, "").split("\n");
    const prompt = /^(\$|❯|PS [^>]*>|>>>|\.\.\.) ?/;
    const first = lines.find((line) => line.trim() && !line.startsWith("#")) || "";
    if (!/^(\$|❯|PS [^>]*>|>>>) /.test(first)) return lines.join("\n");
    const kept = [];
    let continued = false;
    for (const line of lines) {
      const command = prompt.test(line);
      if (command || continued) {
        kept.push(command ? line.replace(prompt, "") : line);
        continued = /\\$/.test(line);
      }
    }
    return kept.join("\n");
  };

  for (const code of document.querySelectorAll(".prose pre > code")) {
    const frame = code.closest("figure.code") || code.parentElement;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(commands(code.textContent));
        button.textContent = "Copied";
      } catch {
        button.textContent = "Press Ctrl C";
        getSelection().selectAllChildren(code);
      }
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    frame.append(button);
  }
})();
