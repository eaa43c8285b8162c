/** One token of JSON. A string that is never closed goes to the text's end, else each quote in it would look for its end. */
export const jsonToken = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|[{}[\],:]|[^\s"{}[\],:]+/g;
