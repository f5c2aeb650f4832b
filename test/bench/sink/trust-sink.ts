import tls from 'node:tls';
import type { Sink } from './start-sink.ts';

/** Makes clients that cannot be given a certificate trust the sink: in this process, for good. */
export function trustSink({ ca }: Sink): void {
  tls.setDefaultCACertificates([...tls.getCACertificates(), ca]);
}
