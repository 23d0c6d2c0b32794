import type { AppRootProps } from '@grafana/data';
import { lazy, Suspense } from 'react';
import { LoadingPlaceholder } from '@grafana/ui';
import { Navigate, Route, Routes } from 'react-router-dom';
import { ErrorBoundary } from '../views/error-boundary/ErrorBoundary';

const ServiceMapPage = lazy(() => import('./service-map/ServiceMapPage').then(({ ServiceMapPage }) => ({ default: ServiceMapPage })));
const TracePage = lazy(() => import('./trace/TracePage').then(({ TracePage }) => ({ default: TracePage })));
const OperationsPage = lazy(() => import('./operations/OperationsPage').then(({ OperationsPage }) => ({ default: OperationsPage })));
const ComparePage = lazy(() => import('./compare/ComparePage').then(({ ComparePage }) => ({ default: ComparePage })));

/** The app's pages. Grafana mounts them at /a/veza-traces-app and hands over the rest of the address. */
export function AppPages(_props: AppRootProps) {
  return (
    <ErrorBoundary what="This page">
      <Suspense fallback={<LoadingPlaceholder text="Loading page" />}>
        <Routes>
          <Route path="service-map" element={<ServiceMapPage />} />
          <Route path="trace" element={<TracePage />} />
          <Route path="trace/:traceId" element={<TracePage />} />
          <Route path="operations" element={<OperationsPage />} />
          <Route path="compare" element={<ComparePage />} />
          <Route path="*" element={<Navigate to="service-map" replace />} />
        </Routes>
      </Suspense>
    </ErrorBoundary>
  );
}
