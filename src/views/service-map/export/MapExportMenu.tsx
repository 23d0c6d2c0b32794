import { AppEvents } from '@grafana/data';
import { getAppEvents } from '@grafana/runtime';
import { Dropdown, Menu, ToolbarButton } from '@grafana/ui';
import type { RefObject } from 'react';
import type { MapModel } from '../../../drawing/graph/map-model';
import { saveFile } from '../../save-file/save-file';
import type { ServiceMapHandle } from '../canvas/map-export';
import type { FigureTexts } from '../figure-texts';
import { mapToCsv, mapToJson, mapToMermaid } from './map-texts';

interface Props {
  readonly model: MapModel;
  readonly windowS: number;
  readonly texts: FigureTexts;
  /** The picture; empty while the table is shown. */
  readonly picture: RefObject<ServiceMapHandle | null>;
  readonly hasPicture: boolean;
}

/** Pixels of a PNG per pixel on screen: sharp on paper and on big screens. */
const PNG_SCALE = 2;

/** Takes what is shown out of the browser, as a picture or as data. */
export function MapExportMenu({ model, windowS, texts, picture, hasPicture }: Props) {
  const save = (ending: string, type: string, make: () => string | Blob | Promise<Blob> | undefined) => {
    Promise.resolve()
      .then(make)
      .then((content) => content !== undefined && saveFile(new File([content], `service-map.${ending}`, { type })))
      .catch((error: unknown) =>
        getAppEvents().publish({ type: AppEvents.alertError.name, payload: ['The map could not be exported', error instanceof Error ? error.message : String(error)] })
      );
  };
  const menu = (
    <Menu>
      <Menu.Item label="PNG picture" icon="gf-landscape" disabled={!hasPicture} onClick={() => save('png', 'image/png', () => picture.current?.toPng(PNG_SCALE))} />
      <Menu.Item label="SVG picture" icon="gf-landscape" disabled={!hasPicture} onClick={() => save('svg', 'image/svg+xml', () => picture.current?.toSvg())} />
      <Menu.Divider />
      <Menu.Item label="JSON, all figures" icon="brackets-curly" onClick={() => save('json', 'application/json', () => mapToJson(model, windowS))} />
      <Menu.Item label="CSV of the table" icon="table" onClick={() => save('csv', 'text/csv', () => mapToCsv(model, windowS))} />
      <Menu.Item label="Mermaid chart" icon="code-branch" onClick={() => save('mmd', 'text/plain', () => mapToMermaid(model, texts))} />
    </Menu>
  );
  return (
    <Dropdown overlay={menu} placement="bottom-end">
      <ToolbarButton icon="download-alt" variant="canvas" tooltip="Export the map" aria-label="Export the map" />
    </Dropdown>
  );
}
