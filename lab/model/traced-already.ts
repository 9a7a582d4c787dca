/** What a probe says of a process that has a tracer: it can have one at most (ptrace(2)). */
export const TRACED_ALREADY = 'is being traced already';
