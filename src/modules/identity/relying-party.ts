import * as client from 'openid-client'
import { z } from 'zod'
import type { Outcome } from '../../kernel/errors.ts'
import { type Profile, profileOf } from './account.ts'
import { refusals } from './refusals.ts'

/** The identity provider as this installation uses it. */
export interface ProviderSettings {
  issuer: string
  /** Issuer under which its accounts are kept, when the provider's address may change; else `issuer`. */
  recordedAs?: string
  clientId: string
  clientSecret: string
  /** Reaches the provider's server-to-server addresses; the demonstration's provider is a child process. */
  fetch?: typeof fetch
  /** `login` asks the provider for a fresh sign-in even when it remembers the person. */
  prompt?: string
}

/** What the browser carries, encrypted, between pressing "sign in" and coming back. */
export const SignInAttempt = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  redirectUri: z.url(),
  returnTo: z.string().optional(),
  endsAtMs: z.number(),
})
export type SignInAttempt = z.infer<typeof SignInAttempt>

export interface RelyingParty {
  /** Where the browser goes to sign in, and what it must carry back. */
  begin(d: {
    redirectUri: string
    returnTo?: string | undefined
    loginHint?: string | undefined
    now: Date
  }): Promise<Outcome<{ url: URL; attempt: SignInAttempt }>>
  /** Exchanges the code, verifies state, nonce, PKCE, issuer and signature; gives the person's profile. */
  finish(d: { query: URLSearchParams; attempt: SignInAttempt }): Promise<Outcome<Profile>>
}

export const attemptSeconds = 600
const scope = 'openid profile email phone personal_id organisations'
const timeoutSeconds = 5

/** OpenID Connect, authorization code flow with PKCE. The provider may be down at any time and is asked lazily. */
export function relyingParty(settings: ProviderSettings, onFailure: (error: unknown) => void): RelyingParty {
  let known: Promise<client.Configuration> | undefined
  const configuration = () => {
    known ??= discover(settings).catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }

  return {
    async begin({ redirectUri, returnTo, loginHint, now }) {
      try {
        const config = await configuration()
        const attempt = newAttempt(redirectUri, returnTo, now)
        return { url: await authorizationUrl(config, attempt, loginHint, settings.prompt), attempt }
      } catch (error) {
        onFailure(error)
        return refusals.providerUnavailable()
      }
    },

    async finish({ query, attempt }) {
      try {
        const config = await configuration()
        return profileOf(await claimsOf(config, query, attempt))
      } catch (error) {
        if (error instanceof client.AuthorizationResponseError && error.error === 'access_denied')
          return refusals.signInCancelled()
        onFailure(error)
        return isOutage(error) ? refusals.providerUnavailable() : refusals.signInFailed()
      }
    },
  }
}

async function discover(settings: ProviderSettings): Promise<client.Configuration> {
  const execute = [client.enableNonRepudiationChecks]
  if (settings.issuer.startsWith('http://')) execute.push(client.allowInsecureRequests)
  return client.discovery(
    new URL(settings.issuer),
    settings.clientId,
    undefined,
    client.ClientSecretBasic(settings.clientSecret),
    { [client.customFetch]: watched(settings.fetch ?? fetch), execute, timeout: timeoutSeconds },
  )
}

function newAttempt(redirectUri: string, returnTo: string | undefined, now: Date): SignInAttempt {
  return {
    state: client.randomState(),
    nonce: client.randomNonce(),
    codeVerifier: client.randomPKCECodeVerifier(),
    redirectUri,
    returnTo,
    endsAtMs: now.getTime() + attemptSeconds * 1000,
  }
}

async function authorizationUrl(
  config: client.Configuration,
  attempt: SignInAttempt,
  loginHint: string | undefined,
  prompt: string | undefined,
): Promise<URL> {
  return client.buildAuthorizationUrl(config, {
    scope,
    redirect_uri: attempt.redirectUri,
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(attempt.codeVerifier),
    code_challenge_method: 'S256',
    ...(loginHint && { login_hint: loginHint }),
    ...(prompt && { prompt }),
  })
}

async function claimsOf(config: client.Configuration, query: URLSearchParams, attempt: SignInAttempt) {
  const cameBackTo = new URL(attempt.redirectUri)
  cameBackTo.search = query.toString()
  const tokens = await client.authorizationCodeGrant(config, cameBackTo, {
    expectedState: attempt.state,
    expectedNonce: attempt.nonce,
    pkceCodeVerifier: attempt.codeVerifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims) throw new Error('the provider gave no identity token')
  if (!config.serverMetadata().userinfo_endpoint) return claims
  return { ...claims, ...(await client.fetchUserInfo(config, tokens.access_token, claims.sub)) }
}

class ProviderDown extends Error {
  override name = 'ProviderDown'
}

// Only the transport can tell an outage from a refusal; openid-client wraps both alike.
function watched(send: typeof fetch): client.CustomFetch {
  return async (url, options) => {
    const response = await send(url, options as RequestInit).catch((cause: unknown) => {
      throw new ProviderDown('the identity provider does not answer', { cause })
    })
    if (response.status >= 500) throw new ProviderDown(`the identity provider answers ${response.status}`)
    return response
  }
}

function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error instanceof ProviderDown || error.name === 'TimeoutError' || isOutage(error.cause)
}
