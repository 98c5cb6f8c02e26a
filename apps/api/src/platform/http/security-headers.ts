import type { SecurityHeadersOptions } from '@nestjs/common';

/** Features of the browser that no page of ours uses. */
export const permissionsPolicy = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb']
  .map((feature) => `${feature}=()`)
  .join(', ');

/** The headers of every answer, errors included. */
export function securityHeaders(publicUrl: string | undefined): SecurityHeadersOptions {
  return {
    contentSecurityPolicy: { useDefaults: false, directives: policy() },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity:
      publicUrl?.startsWith('https:') === true ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xContentTypeOptions: true,
    xFrameOptions: { action: 'deny' },
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  };
}

/**
 * What pages may load and run: only what this server gives out, and images that stand in the page itself. There is no
 * inline script at all; `'self'` in `connect-src` covers the live socket.
 *
 * @param styleNonce lets the parts library put its two small style sheets (press and scroll behaviour) into the page
 */
export function contentSecurityPolicy(styleNonce?: string): string {
  return Object.entries(policy(styleNonce))
    .map(([directive, sources]) => [directive, ...sources].join(' '))
    .join('; ');
}

function policy(styleNonce?: string): Record<string, readonly string[]> {
  return {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", ...(styleNonce === undefined ? [] : [`'nonce-${styleNonce}'`])],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
  };
}
