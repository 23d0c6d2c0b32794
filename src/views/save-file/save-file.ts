/** Offers a file to the browser's downloads, under its name. */
export function saveFile(file: File): void {
  const href = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = href;
  link.download = file.name;
  link.click();
  // The browser has begun to read by then.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
