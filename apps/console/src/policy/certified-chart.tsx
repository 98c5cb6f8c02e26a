import type { StreamRisk } from '@watchfloor/contracts';
import { Chart } from '../parts/chart.tsx';
import { confidenceText } from '../parts/figures.ts';
import { useNow } from '../parts/now.ts';
import { usePhone } from '../parts/phone.ts';
import { stepsOf } from './steps-of.ts';

/** The confidence from which the model may act alone, as it was won and revoked. */
export function CertifiedChart({ risk }: { readonly risk: Pick<StreamRisk, 'history' | 'plan'> }) {
  const isPhone = usePhone();
  const until = useNow(60_000);
  const { points, from } = stepsOf(risk.history, until);
  const certified = risk.plan?.certified ?? null;
  return (
    <Chart
      title="Certified threshold"
      now={certified === null ? 'none' : confidenceText(certified)}
      none="Nothing has been certified yet."
      points={points}
      lines={[
        { key: 'certified', name: 'certified' },
        { key: 'audited', name: 'audited share', look: 'second' },
      ]}
      from={from}
      until={until}
      range={[0, 1]}
      format={confidenceText}
      height={isPhone ? 200 : 180}
    />
  );
}
