import { styleText } from 'node:util';

/** styleText checks its stream only from Node 22.13 on. */
const COLOUR = process.stdout.isTTY && process.env.NO_COLOR === undefined;

function style(format: Parameters<typeof styleText>[0], text: string): string {
  return COLOUR ? styleText(format, text) : text;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}

/** What the demo prints. */
export const narrate = {
  chapter(title: string): void {
    console.log(`\n${style(['bold', 'cyan'], `── ${title} `.padEnd(78, '─'))}`);
  },
  text(text: string): void {
    console.log(`\n${text}`);
  },
  command(line: string): void {
    console.log(`\n  ${style('bold', `$ ${line}`)}`);
  },
  output(text: string): void {
    const trimmed = text.trimEnd();
    if (trimmed !== '') console.log(indented(trimmed));
  },
  checked(what: string): void {
    console.log(`  ${style('green', '✓')} ${what}`);
  },
  done(text: string): void {
    console.log(`\n${style(['bold', 'green'], text)}`);
  },
  failed(error: Error): void {
    console.error(`\n${style(['bold', 'red'], 'The demo failed:')} ${error.message}`);
  },
};
