/** In English: what the controls of a map are called. The names are those of MapLibre. */
import type { Words } from '../es';

export const map: Words['map'] = {
  'AttributionControl.ToggleAttribution': 'Show where the map is from',
  'CooperativeGesturesHandler.WindowsHelpText': 'Ctrl and scroll to zoom the map',
  'CooperativeGesturesHandler.MacHelpText': '⌘ and scroll to zoom the map',
  'CooperativeGesturesHandler.MobileHelpText': 'Use two fingers to move the map',
  'Map.Title': 'Map',
  'Marker.Title': 'Map marker',
  'NavigationControl.ZoomIn': 'Zoom in',
  'NavigationControl.ZoomOut': 'Zoom out',
  'Popup.Close': 'Close',
  'ScaleControl.Meters': 'm',
  'ScaleControl.Kilometers': 'km',
};
