/** In Spanish: what the controls of a map are called. The names are those of MapLibre. */
export const map = {
  'AttributionControl.ToggleAttribution': 'Mostrar de dónde es el mapa',
  'CooperativeGesturesHandler.WindowsHelpText': 'Ctrl y la rueda acercan el mapa',
  'CooperativeGesturesHandler.MacHelpText': '⌘ y la rueda acercan el mapa',
  'CooperativeGesturesHandler.MobileHelpText': 'Mueve el mapa con dos dedos',
  'Map.Title': 'Mapa',
  'Marker.Title': 'Marca en el mapa',
  'NavigationControl.ZoomIn': 'Acercar',
  'NavigationControl.ZoomOut': 'Alejar',
  'Popup.Close': 'Cerrar',
  'ScaleControl.Meters': 'm',
  'ScaleControl.Kilometers': 'km',
};
