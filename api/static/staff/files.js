/** Files as [{file, path}], whether they were chosen or dropped; folders are walked, what systems leave in them is passed over. */

const PASSED_OVER = /(^|\/)(\.|~\$|__MACOSX|Thumbs\.db|desktop\.ini)/;

export function chosen(files) {
  return kept([...files].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
}

export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean); // before any await: the items do not outlive the event
  const found = entries.length ? (await Promise.all(entries.map(walked))).flat() : chosen(transfer.files);
  return kept(found);
}

async function walked(entry) {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) return [{ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), path }];
  const inside = await listed(entry.createReader());
  return (await Promise.all(inside.map(walked))).flat();
}

async function listed(reader) {
  const all = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)); // a hundred at a time
    if (!some.length) return all;
    all.push(...some);
  }
}

const kept = (files) => files.filter(({ path }) => !PASSED_OVER.test(path));
