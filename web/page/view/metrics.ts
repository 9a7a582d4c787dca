/** How wide a character of a label is, in pixels: labels are in a font in which all are as wide. */
export const CHAR_PX = 7.3;
