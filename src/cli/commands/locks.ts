import { BaseCommand } from '../base-command.ts';

export default class Locks extends BaseCommand {
  static override summary = 'show who holds the locks of this host, and who waits';
  static override description =
    'By what the kernel tells of open files; takes no lock. Processes of other users are seen by root only.';
  static override examples = ['<%= config.bin %> locks'];

  override async run(): Promise<void> {
    const { flags } = await this.parse(Locks);
    await this.answer(flags, async (context) => {
      const { readLocks } = await import('../../operations/read-locks.ts');
      const result = await readLocks(await context.session());
      return {
        result,
        exitCode: 0,
        text: async (view) => {
          const { locksView } = await import('../views/locks-view.ts');
          return locksView(result, view);
        },
      };
    });
  }
}
