/** What a finding about an operation may be about: its code, its meaning and what asks for it. */
export const specCodes = [
  {
    code: 'no-answer',
    meaning: 'The provider gave no answer at all, or none in time.',
    clause: 'RFC 9110, 3.3',
  },
  {
    code: 'truncated-answer',
    meaning: 'The answer broke off, or its length is not what its Content-Length says.',
    clause: 'RFC 9112, 6.3',
  },
  {
    code: 'server-error',
    meaning: 'A request that any client can send was answered with 5xx.',
    clause: 'RFC 9110, 15.6',
  },
  {
    code: 'documented-server-error',
    meaning: 'A request that any client can send was answered with a 5xx that the document lists.',
    clause: 'RFC 9110, 15.6',
  },
  {
    code: 'status-undocumented',
    meaning: 'The document says nothing of the status.',
    clause: 'OpenAPI 3.1, 4.8.16',
  },
  {
    code: 'header-missing',
    meaning: 'A header that the document requires did not come.',
    clause: 'OpenAPI 3.1, 4.8.21',
  },
  {
    code: 'header-schema',
    meaning: 'The value of a header breaks its schema.',
    clause: 'OpenAPI 3.1, 4.8.21',
  },
  {
    code: 'body-forbidden',
    meaning: 'A body came where HTTP allows none.',
    clause: 'RFC 9110, 6.4.1',
  },
  {
    code: 'body-undocumented',
    meaning: 'A body came with a successful answer that documents none.',
    clause: 'OpenAPI 3.1, 4.8.17',
  },
  {
    code: 'body-missing',
    meaning: 'No body came where the document describes one.',
    clause: 'OpenAPI 3.1, 4.8.17',
  },
  {
    code: 'media-type-missing',
    meaning: 'A body came and nothing says of what media type it is.',
    clause: 'RFC 9110, 8.3',
  },
  {
    code: 'media-type-undocumented',
    meaning: 'The body is of a media type that the document does not list.',
    clause: 'OpenAPI 3.1, 4.8.17',
  },
  {
    code: 'body-unparseable',
    meaning: 'The body is not what its media type and Content-Encoding say.',
    clause: 'RFC 9110, 8.3',
  },
  {
    code: 'body-schema',
    meaning: 'The body breaks its schema.',
    clause: 'OpenAPI 3.1, 4.8.24',
  },
  {
    code: 'accepted-invalid',
    meaning: 'What the document forbids was taken.',
    clause: 'OpenAPI 3.1, 4.8.24',
  },
  {
    code: 'refused-valid',
    meaning: 'What the document allows was refused, as if it were malformed.',
    clause: 'OpenAPI 3.1, 4.8.24',
  },
  {
    code: 'method-accepted',
    meaning: 'A method that the document does not have did something.',
    clause: 'OpenAPI 3.1, 4.8.9',
  },
  {
    code: 'allow-missing',
    meaning: 'A 405 does not say which methods there are.',
    clause: 'RFC 9110, 15.5.6',
  },
  {
    code: 'credential-ignored',
    meaning: 'Somebody was let in who has no credential, or none that is good here.',
    clause: 'OpenAPI 3.1, 4.8.30',
  },
  {
    code: 'credential-status',
    meaning: 'Who has no credential is told that theirs is not enough, or the other way round.',
    clause: 'RFC 9110, 15.5.2',
  },
  {
    code: 'credential-late',
    meaning: 'Somebody without a credential can find out what there is and what there is not.',
    clause: 'RFC 9110, 15.5.2',
  },
  {
    code: 'challenge-missing',
    meaning: 'A 401 does not say what credential is asked for.',
    clause: 'RFC 9110, 15.5.2',
  },
  {
    code: 'internals-shown',
    meaning: 'An error shows what is inside of the provider: a stack trace, a path, SQL.',
    clause: 'RFC 9457, 5',
  },
  {
    code: 'inconclusive',
    meaning: 'The operation was asked and never reached a documented success.',
    clause: 'OpenAPI 3.1, 4.8.16',
  },
] as const

/** The code of a finding about an operation. */
export type SpecCode = (typeof specCodes)[number]['code']

/** The clause of a standard that stands behind a code. */
export const clauseOf = (code: SpecCode): string =>
  specCodes.find((one) => one.code === code)?.clause ?? ''
