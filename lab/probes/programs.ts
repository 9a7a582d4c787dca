/** Where a program of a probe is in its image. @param path in `lab/in-probe/` */
export const programOf = (path: string) => `lab/in-probe/${path}`;
