import { InvalidArgumentError } from 'commander';

/**
 * The id of a subscription, as an option names it. Azure's clients take nothing else, and a name is what people have.
 *
 * @throws InvalidArgumentError when the text is no such id
 */
export function subscriptionId(text: string): string {
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) return text;
  throw new InvalidArgumentError(
    'Give the id of a subscription, not its name: az account list --output table',
  );
}
