/** Tokens with one to look at: what a recursive-descent parser reads from. */
import { errorAt, type Token, tokenize, TraceQlError } from './lexer';

export class TokenStream {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(text: string) {
    this.text = text;
    this.tokens = tokenize(text);
  }

  get current(): Token {
    return this.tokens[this.position];
  }

  advance(): void {
    this.position = Math.min(this.position + 1, this.tokens.length - 1);
  }

  /** Whether the current token is this symbol or word. */
  is(text: string): boolean {
    const { current } = this;
    return (current.kind === 'symbol' || current.kind === 'word') && current.text === text;
  }

  take(text: string): boolean {
    const found = this.is(text);
    if (found) {
      this.advance();
    }
    return found;
  }

  takeAny(texts: readonly string[]): string | undefined {
    return texts.find((text) => this.take(text));
  }

  word(): string {
    const { current } = this;
    if (current.kind !== 'word') {
      return this.unexpected();
    }
    this.advance();
    return current.text;
  }

  expect(text: string): void {
    if (!this.take(text)) {
      throw this.error(`syntax error: unexpected ${this.describe()}, expecting ${text}`);
    }
  }

  expectEnd(): void {
    if (this.current.kind !== 'end') {
      this.unexpected();
    }
  }

  /** Refuses the current token. */
  unexpected(): never {
    throw this.error(`syntax error: unexpected ${this.describe()}`);
  }

  error(message: string): TraceQlError {
    return errorAt(this.text, this.current.at, message);
  }

  /** An error about something understood but not supported. */
  unsupported(message: string): TraceQlError {
    return new TraceQlError(message);
  }

  private describe(): string {
    const { current } = this;
    return current.kind === 'string' ? 'STRING' : current.text;
  }
}
