/** In Portuguese: what the controls of a map are called. The names are those of MapLibre. */
import type { Words } from '../es';

export const map: Words['map'] = {
  'AttributionControl.ToggleAttribution': 'Mostrar de onde é o mapa',
  'CooperativeGesturesHandler.WindowsHelpText': 'Ctrl e a roda aproximam o mapa',
  'CooperativeGesturesHandler.MacHelpText': '⌘ e a roda aproximam o mapa',
  'CooperativeGesturesHandler.MobileHelpText': 'Mova o mapa com dois dedos',
  'Map.Title': 'Mapa',
  'Marker.Title': 'Marca no mapa',
  'NavigationControl.ZoomIn': 'Aproximar',
  'NavigationControl.ZoomOut': 'Afastar',
  'Popup.Close': 'Fechar',
  'ScaleControl.Meters': 'm',
  'ScaleControl.Kilometers': 'km',
};
