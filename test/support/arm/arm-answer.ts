/** An answer of the fake Azure Resource Manager. */
export interface FakeAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A good answer. */
export const armOk = (body: unknown): FakeAnswer => ({ status: 200, body });

/** An error in the form of Azure Resource Manager ("Common API details", error response). */
export const armError = (status: number, code: string, message: string): FakeAnswer => ({
  status,
  body: { error: { code, message } },
});
