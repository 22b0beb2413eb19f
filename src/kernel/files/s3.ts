import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import type { Place } from './place.ts'
import { FilesProblem, problems } from './problems.ts'

export interface S3Settings {
  /** Address of the service, e.g. `https://s3.example`; without it Amazon's own by region. */
  endpoint: string | undefined
  region: string
  bucket: string
  accessKey: string
  secretKey: string
}

const partSize = 8 * 1024 * 1024

/** A bucket of objects behind the S3 protocol. Large content goes in parts, and parts of what fails are taken back. */
export function placeOnS3({ endpoint, region, bucket, accessKey, secretKey }: S3Settings): Place {
  const client = new S3Client({
    ...(endpoint && { endpoint, forcePathStyle: true }),
    region,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    maxAttempts: 3,
    // Services other than Amazon's often know no checksums in trailers.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 60_000 },
  })
  const keyOf = (name: string) => `${name.slice(0, 2)}/${name}`
  return {
    async put(name, path) {
      const params = { Bucket: bucket, Key: keyOf(name), Body: createReadStream(path) }
      // Two parts at once: what is in memory stays at sixteen megabytes for each upload.
      await answered(new Upload({ client, params, partSize, queueSize: 2 }).done())
      await rm(path, { force: true })
    },
    async size(name) {
      const head = client.send(new HeadObjectCommand({ Bucket: bucket, Key: keyOf(name) }))
      return answered(head.then(({ ContentLength }) => ContentLength, missing))
    },
    async read(name, { start, end }) {
      const Range = `bytes=${start}-${end}`
      const object = await answered(
        client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(name), Range })),
      )
      return object.Body as Readable
    },
    async putAt(name) {
      const head = client.send(new HeadObjectCommand({ Bucket: bucket, Key: keyOf(name) }))
      return answered(head.then(({ LastModified }) => LastModified, missing))
    },
    async remove(name) {
      await answered(client.send(new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(name) })))
    },
    async *names() {
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket }))
        for (const { Key } of page.Contents ?? []) yield Key!.split('/').at(-1)!
    },
  }
}

function missing(error: { $metadata?: { httpStatusCode?: number } }): undefined {
  if (error.$metadata?.httpStatusCode === 404) return undefined
  throw error
}

// What the service says may name keys and hosts: people hear only that it did not answer.
async function answered<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((error: Error) => {
    throw new FilesProblem(problems.unavailable({ reason: error.name }), error)
  })
}
