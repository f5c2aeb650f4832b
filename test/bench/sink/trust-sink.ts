import tls from 'node:tls';
import type { Sink } from './start-sink.ts';

/** Makes clients without a certificate option trust the sink, for the rest of this process. */
export function trustSink({ ca }: Sink): void {
  tls.setDefaultCACertificates([...tls.getCACertificates(), ca]);
}
