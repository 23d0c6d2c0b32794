import { useEffect } from 'react';

/** Files dropped anywhere on the page, unless something on it took them. */
export function useFileDrop(onFiles: (files: readonly File[]) => void): void {
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onDragOver = (event: DragEvent) => {
      if (hasFiles(event)) {
        event.preventDefault();
      }
    };
    const onDrop = (event: DragEvent) => {
      if (!event.defaultPrevented && hasFiles(event)) {
        event.preventDefault();
        onFiles([...(event.dataTransfer?.files ?? [])]);
      }
    };
    document.addEventListener('dragover', onDragOver);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('dragover', onDragOver);
      document.removeEventListener('drop', onDrop);
    };
  }, [onFiles]);
}
