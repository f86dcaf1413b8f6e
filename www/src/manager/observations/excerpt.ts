/** The beginning of a note, for where only a line or two have room. */
const letters_max = 160;

export function excerpt(text: string): string {
  const letters = [...text.slice(0, letters_max * 2)];
  return letters.length <= letters_max && text.length <= letters_max * 2
    ? text
    : `${letters.slice(0, letters_max).join('')}…`;
}
