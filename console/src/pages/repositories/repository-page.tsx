import type { ImageDetail } from "@aws-sdk/client-ecr";
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import type { Wire } from "../../api/wire.ts";
import { useAction } from "../../data/use-action.ts";
import { useCall, useList } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useLanguage, useMessages } from "../../i18n/messages.ts";
import { ConfirmDelete } from "../../parts/confirm-delete.tsx";
import { Copyable } from "../../parts/copyable.tsx";
import { Details } from "../../parts/details.tsx";
import { DetailsPage } from "../../parts/details-page.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { DeleteRepository } from "./delete-repository.tsx";
import { messages } from "./messages.ts";
import { PushCommands } from "./push-commands.tsx";
import { isWithoutRegistry, RegistryProblem } from "./registry-problem.tsx";

/** A digest to ask a registry for, whether it has the layer or not. */
const anyLayer = `sha256:${"0".repeat(64)}`;

export default function RepositoryPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const { repository: name = "" } = useParams();
  const navigate = useNavigate();
  const [isDeleting, setDeleting] = useState(false);
  const read = useCall("ecr", "DescribeRepositories", { repositoryNames: [name] });
  return (
    <>
      <DetailsPage
        title={name}
        breadcrumbs={[
          { text: t.service, to: "/ecr/repositories" },
          { text: t.repositories, to: "/ecr/repositories" },
        ]}
        read={{ ...read, data: read.data?.repositories?.[0] }}
        actions={() => <Button onClick={() => setDeleting(true)}>{words.delete}</Button>}
      >
        {(repository) => (
          <>
            <Details
              title={words.details}
              items={[
                { label: "URI", value: <Copyable>{repository.repositoryUri}</Copyable> },
                { label: "ARN", value: <Copyable>{repository.repositoryArn}</Copyable> },
                { label: t.mutability, value: <Text>{repository.imageTagMutability}</Text> },
                { label: t.createdAt, value: <Time at={repository.createdAt} /> },
              ]}
            />
            <Images repository={name} />
            <PushCommands uri={repository.repositoryUri ?? ""} />
          </>
        )}
      </DetailsPage>
      {isDeleting && (
        <DeleteRepository
          name={name}
          onClose={(isDeleted) => {
            setDeleting(false);
            if (isDeleted) void navigate("/ecr/repositories");
          }}
        />
      )}
    </>
  );
}

function Images({ repository }: { readonly repository: string }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const language = useLanguage();
  const flash = useFlash();
  const [doomed, setDoomed] = useState<readonly string[]>();
  const read = useList("ecr", "DescribeImages", { repositoryName: repository }, "imageDetails", { live: 15_000 });
  // Images are listed without a registry, too: only what asks it says that there is none.
  const layers = useCall("ecr", "BatchCheckLayerAvailability", {
    repositoryName: repository,
    layerDigests: [anyLayer],
  });
  const remove = useAction(async (api) => {
    const imageIds = (doomed ?? []).map((imageDigest) => ({ imageDigest }));
    const { failures: [failure] = [] } = await api.call("ecr", "BatchDeleteImage", {
      repositoryName: repository,
      imageIds,
    });
    if (failure) throw new Error(`${failure.imageId?.imageDigest}: ${failure.failureReason}`);
    return true;
  });
  const tagsOf = ({ imageTags = [] }: Wire<ImageDetail>) => (imageTags.length > 0 ? imageTags.join(", ") : t.untagged);
  if (isWithoutRegistry(layers.error)) return <RegistryProblem error={layers.error} />;
  return (
    <>
      <ResourceTable<Wire<ImageDetail>>
        id="ecr-images"
        title={t.images}
        read={read}
        trackBy={({ imageDigest = "" }) => imageDigest}
        selection="multi"
        sortedBy={{ id: "pushed", isDescending: true }}
        filterPlaceholder={t.findImages}
        empty={{ title: t.noImages, text: t.noImagesText }}
        actions={(selected) => (
          <Button
            disabled={selected.length === 0}
            onClick={() => setDoomed(selected.map(({ imageDigest = "" }) => imageDigest))}
          >
            {words.delete}
          </Button>
        )}
        columns={[
          {
            id: "tags",
            header: t.imageTag,
            isRowHeader: true,
            width: 240,
            value: tagsOf,
            cell: (image) => <Text>{tagsOf(image)}</Text>,
          },
          {
            id: "pushed",
            header: t.pushedAt,
            width: 200,
            value: ({ imagePushedAt }) => imagePushedAt,
            cell: ({ imagePushedAt }) => <Time at={imagePushedAt} />,
          },
          {
            id: "size",
            header: t.size,
            width: 120,
            value: ({ imageSizeInBytes }) => imageSizeInBytes,
            cell: ({ imageSizeInBytes = 0 }) =>
              new Intl.NumberFormat(language, { style: "unit", unit: "megabyte", maximumFractionDigits: 2 }).format(
                imageSizeInBytes / 1e6,
              ),
          },
          {
            id: "digest",
            header: t.digest,
            value: ({ imageDigest }) => imageDigest,
            cell: ({ imageDigest }) => <Copyable>{imageDigest}</Copyable>,
          },
        ]}
      />
      {doomed && (
        <ConfirmDelete
          what={t.imageCount(doomed.length)}
          action={remove}
          onClose={(isDeleted) => {
            if (isDeleted) flash({ type: "success", text: t.imagesDeleted });
            setDoomed(undefined);
          }}
        />
      )}
    </>
  );
}
