import { createPrivateKey, type KeyObject } from 'node:crypto'
import type * as asn1js from 'asn1js'
import {
  AuthenticatedSafe,
  CertBag,
  Certificate,
  type ContentInfo,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeBag,
  SafeContents,
} from 'pkijs'

/*
 * PKCS#12 (RFC 7292) with PBES2 and AES-256, which OpenSSL 3 and every current program reads. The passwords we make
 * are 256 random bits, so the iterations need not slow anybody down.
 */
const iterationCount = 2048
const aes = { name: 'AES-CBC', length: 256 } as unknown as Algorithm
const bags = { key: '1.2.840.113549.1.12.10.1.2', certificate: '1.2.840.113549.1.12.10.1.3' }

export interface KeyFile {
  key: KeyObject
  /** DER, the owner's own certificate first. */
  chain: Uint8Array[]
}

export async function writeKeyFile({ key, chain }: KeyFile, password: string): Promise<Uint8Array> {
  const encrypted = {
    password: bytesOf(password),
    contentEncryptionAlgorithm: aes as never,
    iterationCount,
    hmacHashAlgorithm: 'SHA-256',
  }
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' })
  const keyBag = new PKCS8ShroudedKeyBag({ parsedValue: PrivateKeyInfo.fromBER(Buffer.from(pkcs8)) })
  await keyBag.makeInternalValues(encrypted)
  const pfx = new PFX({
    parsedValue: {
      integrityMode: 0,
      authenticatedSafe: new AuthenticatedSafe({
        parsedValue: {
          safeContents: [
            { privacyMode: 0, value: contents([new SafeBag({ bagId: bags.key, bagValue: keyBag })]) },
            { privacyMode: 1, value: contents(chain.map(certificateBag)) },
          ],
        },
      }),
    },
  })
  await pfx.parsedValue!.authenticatedSafe!.makeInternalValues({ safeContents: [{}, encrypted] })
  await pfx.makeInternalValues({
    password: bytesOf(password),
    iterations: iterationCount,
    pbkdf2HashAlgorithm: 'SHA-256',
    hmacHashAlgorithm: 'SHA-256',
  } as never)
  return new Uint8Array(pfx.toSchema().toBER())
}

const contents = (safeBags: SafeBag[]) => new SafeContents({ safeBags })

const certificateBag = (der: Uint8Array): SafeBag =>
  new SafeBag({
    bagId: bags.certificate,
    bagValue: new CertBag({ parsedValue: Certificate.fromBER(Buffer.from(der)) }),
  })

/** Opens a key file; undefined when the password is wrong or the file is damaged. */
export async function readKeyFile(bytes: Uint8Array, password: string): Promise<KeyFile | undefined> {
  try {
    const pfx = PFX.fromBER(Buffer.from(bytes))
    await pfx.parseInternalValues({ password: bytesOf(password), checkIntegrity: true })
    const safe = pfx.parsedValue!.authenticatedSafe!
    await safe.parseInternalValues({
      safeContents: safe.safeContents.map((one: ContentInfo) =>
        one.contentType === '1.2.840.113549.1.7.6' ? { password: bytesOf(password) } : {},
      ),
    })
    return await openBags(
      safe.parsedValue.safeContents.flatMap((one: { value: SafeContents }) => one.value.safeBags),
      password,
    )
  } catch {
    return undefined
  }
}

async function openBags(found: SafeBag[], password: string): Promise<KeyFile | undefined> {
  let key: KeyObject | undefined
  const chain: Uint8Array[] = []
  for (const { bagValue } of found) {
    if (bagValue instanceof CertBag) chain.push(new Uint8Array(certificateOf(bagValue)))
    if (!(bagValue instanceof PKCS8ShroudedKeyBag)) continue
    await (bagValue as unknown as { parseInternalValues(p: object): Promise<void> }).parseInternalValues({
      password: bytesOf(password),
    })
    const der = Buffer.from(bagValue.parsedValue!.toSchema().toBER())
    key = createPrivateKey({ key: der, type: 'pkcs8', format: 'der' })
  }
  return key && chain.length > 0 ? { key, chain } : undefined
}

const certificateOf = (bag: CertBag): ArrayBuffer => {
  const parsed = bag.parsedValue as Certificate | undefined
  if (parsed) return parsed.toSchema().toBER()
  return (bag.certValue as asn1js.OctetString).getValue()
}

const bytesOf = (text: string): ArrayBuffer => new Uint8Array(Buffer.from(text, 'utf8')).buffer
