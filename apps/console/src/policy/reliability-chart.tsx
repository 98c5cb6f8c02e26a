import type { StreamRisk } from '@watchfloor/contracts';
import { Chart } from '../parts/chart.tsx';
import { confidenceText } from '../parts/figures.ts';
import { usePhone } from '../parts/phone.ts';

const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** How often the model is right where it is so sure: on the dashed line it is as good as its word. */
export function ReliabilityChart({ risk }: { readonly risk: Pick<StreamRisk, 'reliability' | 'temperature'> }) {
  const isPhone = usePhone();
  const known = risk.reliability.filter(({ answers }) => answers > 0);
  const points = known.map(({ from, to, confidence, right, low, high }) => {
    const at = confidence ?? (from + to) / 2;
    return { at, right, low, high, even: at };
  });
  return (
    <Chart
      title="Reliability"
      now={known.length === 0 ? '' : temperatureWords(risk.temperature)}
      none="No answers yet."
      points={points}
      lines={[
        { key: 'right', name: 'right' },
        { key: 'even', name: 'as sure as right', look: 'second' },
      ]}
      band={{ low: 'low', high: 'high', name: 'true share, at all times' }}
      along={{ name: 'Confidence', format: confidenceText, ticks }}
      from={0}
      until={1}
      range={[0, 1]}
      format={confidenceText}
      height={isPhone ? 240 : 220}
    />
  );
}

function temperatureWords(temperature: number): string {
  if (temperature > 1.1) return `too sure of itself (temperature ${temperature.toFixed(2)})`;
  if (temperature < 0.9) return `surer than it says (temperature ${temperature.toFixed(2)})`;
  return 'as good as its word';
}
