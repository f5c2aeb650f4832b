import type { ParsedJson } from '../../../parse-json.ts';
import type { SasResult } from '../../check-sas-token.ts';
import type { HubRight } from '../../hub-key.ts';

/** A request to the hub, taken apart as far as it can be. What it lacks is undefined. */
export interface HubCall {
  readonly method: string;
  readonly sas: SasResult;
  /** Rights of the key that signed it; none when the token is not valid. */
  readonly rights: readonly HubRight[];
  /** First part of the path. */
  readonly hubInPath: string;
  /** The hub's own name, where there is such a hub. */
  readonly hub: string | undefined;
  /** Second part of the path in lower case. */
  readonly resource: string;
  /** Third part of the path in lower case. */
  readonly item: string;
  /** True when the path has more than three parts. */
  readonly deeper: boolean;
  readonly batch: boolean;
  readonly direct: boolean;
  readonly apiVersion: string;
  /** Header `ServiceBusNotification-Format` in lower case. */
  readonly format: string | undefined;
  readonly contentType: string;
  /** False when the body was longer than the hub takes. */
  readonly fits: boolean;
  /** Handles of the header, or of the part `devices`; undefined where they cannot be read. */
  readonly deviceHandles: readonly string[] | undefined;
  /** The payload's text: the body, or the part `notification`. */
  readonly payloadText: string | undefined;
  readonly payload: ParsedJson;
}
