import type { Autonomy } from '@watchfloor/contracts';

export const autonomyWords: Readonly<Record<Autonomy, string>> = {
  autonomous: 'Acts alone. Logged and sampled; people are asked about the whole stream only.',
  supervised: 'Acts, and people may intervene: the odd and the unsure are flagged.',
  gated: 'Nothing is released before a person has answered.',
  stopped: 'Safe state: the model does nothing.',
};

export const allModes = Object.keys(autonomyWords) as readonly Autonomy[];
